/** The word of a request's prompt, followed back to where somebody typed it. */
import type { Act } from '../../plan.ts';
import type { Truth } from '../../world/truth.ts';

/** How far a request is followed back from one press to the next. */
const STEPS_MOST = 50;

/** @returns the word of the prompt that an interaction asks with, by what people did alone. */
export function createMarkerOf({ interactions }: Pick<Truth, 'interactions'>, acts: readonly Act[]) {
  const typed = new Map(
    acts.flatMap((act) => {
      if (!('marker' in act)) return [];
      const { prompt } = act.kind === 'command' ? act.options : act.fields;
      return [[act.id, String(prompt).includes(act.marker) ? act.marker : undefined] as const];
    }),
  );
  const all = [...typed.values()].filter((marker) => marker !== undefined);
  return function markerOf(id: string, steps = STEPS_MOST): string | undefined {
    const interaction = interactions.get(id);
    if (interaction === undefined || steps === 0) return undefined;
    const { prompt } = interaction.options;
    const text = typeof prompt === 'string' ? prompt : '';
    const earlier = /^earlier:(\d+)$/.exec(text)?.[1];
    if (earlier !== undefined) return markerOf(earlier, steps - 1);
    const own = typed.get(interaction.act);
    // What was offered to them, and chosen, is an earlier prompt.
    if (own !== undefined && text !== '' && !text.includes(own)) return all.find((marker) => text.includes(marker));
    if (typed.has(interaction.act)) return own;
    return markerOf(interaction.name.split(':')[1] ?? '', steps - 1);
  };
}
