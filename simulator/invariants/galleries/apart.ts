/** Where a job stands is told by few edits: of one message two seconds apart. */
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** Between two edits of a reply that tell where a job stands (milliseconds): two seconds, but for what their ways to Discord differ. */
const APART = 1500;

/** An edit may have been on its way for so long (milliseconds). */
const ON_ITS_WAY = 60_000;

/** The reply itself, and what stands in it first. */
const FIRST = 2;

export function judgeApart({
  truth,
  jobs,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}): void {
  const isProgress = ({ pictures, interaction }: Told) => pictures.length === 0 && jobs.byId.has(interaction ?? '');
  /** How much is said to be made of a request never falls. */
  function judgeBar(told: Told, before: Told): void {
    const job = jobs.byId.get(told.interaction ?? '');
    const [from, to] = [before, told].map(({ text }) => /▰*▱+/.exec(text)?.[0].lastIndexOf('▰'));
    if (job?.shares.length !== 1 || from === undefined || to === undefined || to >= from) return;
    if (tolerance.clocks(told.at) > 0 || !isCalm(job.askedAt, told.at)) return;
    judge.broken(
      'no sentence lies',
      `${job.id} bar`,
      `Message ${told.messageId} of job ${job.id} says that less is made than before.`,
    );
  }

  for (const [messageId, versions] of Map.groupBy(truth.told, (told) => told.messageId)) {
    for (const [index, told] of versions.entries()) {
      const before = versions[index - 1];
      if (index < FIRST || before === undefined || !isProgress(told) || !isProgress(before)) continue;
      judgeBar(told, before);
      const gap = told.at - before.at;
      if (gap >= APART || before.interaction !== told.interaction || !isCalm(before.at - ON_ITS_WAY, told.at)) continue;
      judge.broken(
        'few edits',
        messageId,
        `Message ${messageId} of job ${told.interaction ?? ''} was edited again after ${Math.round(gap)} ms.`,
      );
    }
  }
}
