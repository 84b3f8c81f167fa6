/** What forms show before anything is typed, and what is offered for a prompt that is being typed. */
import type { Act } from '../../plan.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';
import { ratioOf } from '../galleries/facts.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { createMarkerOf } from './markers.ts';

export function judgeForms({
  truth,
  acts,
  jobs,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  jobs: Jobs;
  judge: Judge;
}) {
  const markerOf = createMarkerOf(truth, acts);

  /** The form that changes a request has what was asked for. */
  function judgeEdit({ id, name, form = {} }: InteractionTruth): void {
    const of = name.split(':')[1] ?? '';
    const marker = markerOf(of);
    const job = jobs.byId.get(of);
    const wrong = (what: string, why: string) => {
      judge.broken('what is made was asked for', `${id} form ${what}`, `The form that ${name} opened has ${why}.`);
    };
    const { prompt = '', count, size } = form;
    if (marker !== undefined && !prompt.includes(marker)) wrong('prompt', `the prompt "${prompt}" for "… ${marker}"`);
    if (job === undefined) return;
    if (count !== undefined && count !== String(job.count)) wrong('count', `the number ${count} for ${job.count}`);
    const ratio = ratioOf(job);
    if (size !== undefined && ratio !== undefined && !size.includes(ratio) && size !== 'auto')
      wrong('size', `the size ${size} for ${ratio}`);
  }

  /** What somebody typed before, in the same server, is offered to nobody else. */
  function judgeChoices(): void {
    const whose = new Map<string, Set<string>>();
    for (const { id, member, guild } of truth.interactions.values()) {
      const marker = markerOf(id);
      if (marker !== undefined) whose.set(marker, (whose.get(marker) ?? new Set()).add(`${guild} ${member}`));
    }
    const markers = acts.flatMap((act) => ('marker' in act ? [act.marker] : []));
    for (const { id, choices, guild, member } of truth.interactions.values()) {
      const stranger = markers.find(
        (marker) => choices.some((name) => name.includes(marker)) && !whose.get(marker)?.has(`${guild} ${member}`),
      );
      if (stranger === undefined) continue;
      judge.broken(
        'what is for some is for them alone',
        id,
        `A prompt with "${stranger}" was offered to somebody who never asked for it in that server.`,
      );
    }
  }

  return {
    atEnd() {
      for (const interaction of truth.interactions.values())
        if (interaction.form !== undefined && interaction.name.startsWith('edit:')) judgeEdit(interaction);
      judgeChoices();
    },
  };
}
