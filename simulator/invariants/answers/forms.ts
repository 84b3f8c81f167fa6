/** What forms show before anything is typed, and what is offered for a prompt that is being typed. */
import type { Act } from '../../plan.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';
import { ratioOf } from '../galleries/facts.ts';
import type { Jobs } from '../jobs.ts';
import type { Tolerance } from '../clocks.ts';
import type { Judge } from '../judge.ts';
import { createMarkerOf } from './markers.ts';

/** What was read of earlier prompts is offered again for so long, and two are asked for at once within this (milliseconds). */
const READ_AGAIN_AFTER = 20_000;
const AT_ONCE = 5000;

/** Something that was asked for, and whether its record is kept. */
interface Earlier {
  marker: string;
  at: number;
  kept: boolean;
}

export function judgeForms({
  truth,
  acts,
  jobs,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  jobs: Jobs;
  tolerance: Pick<Tolerance, 'clocks'>;
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

  /** What holds what is being typed is offered, and nothing else: what was asked for last first. */
  function judgeOffered(typing: InteractionTruth, own: readonly Earlier[]): void {
    const { id, at, choices, options } = typing;
    const typed = String(options['prompt'] ?? '').toLowerCase();
    const stranger = choices.find((name) => !name.endsWith('…') && !name.toLowerCase().includes(typed));
    const wrong = (why: string) => {
      judge.broken(
        'a page is its reader’s',
        `${id} offered`,
        `For "${typed}" were offered "${choices.join('", "')}": ${why}.`,
      );
    };
    if (stranger !== undefined) wrong(`"${stranger}" does not hold that`);
    // What was asked for just now may not have been read yet.
    const isNew = own.some((each) => each.at <= at && each.at > at - READ_AGAIN_AFTER);
    if (typed !== '' || isNew || tolerance.clocks(at) > 0) return;
    const markers = choices.map((name) => own.find(({ marker }) => name.includes(marker))?.marker);
    const last = markers.map((marker) => {
      const same = own.filter((each) => each.marker === marker && each.at < at);
      const isClear = markers.indexOf(marker) === markers.lastIndexOf(marker) && same.every(({ kept }) => kept);
      return isClear && same.length > 0 ? Math.max(...same.map((each) => each.at)) : undefined;
    });
    const known = last.filter((each) => each !== undefined);
    if (known.some((each, index) => each > (known[index - 1] ?? Infinity) + AT_ONCE))
      wrong('the newest is not the first');
  }

  function judgeAllOffered(): void {
    const { live, finished } = truth.jobs();
    const kept = new Set([...live, ...finished].map(({ id }) => id));
    const asked = truth.reservations().flatMap(({ jobId }) => truth.interactions.get(jobId) ?? []);
    const earlier = Map.groupBy(asked, ({ guild, member }) => `${guild} ${member}`);
    for (const typing of truth.interactions.values()) {
      if (typing.choices.length === 0) continue;
      const own = (earlier.get(`${typing.guild} ${typing.member}`) ?? []).flatMap(({ id, at }): Earlier[] => {
        const marker = markerOf(id);
        return marker === undefined ? [] : [{ marker, at, kept: kept.has(id) }];
      });
      judgeOffered(typing, own);
    }
  }

  return {
    atEnd() {
      judgeAllOffered();
      for (const interaction of truth.interactions.values())
        if (interaction.form !== undefined && interaction.name.startsWith('edit:')) judgeEdit(interaction);
      judgeChoices();
    },
  };
}
