/** Where a job stands is told by few edits: of one message two seconds apart. */
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** Between two edits of a reply that tell where a job stands (milliseconds): two seconds, but for what their ways to Discord differ. */
const APART = 1500;

/** The reply itself, and what stands in it first. */
const FIRST = 2;

export function judgeApart({
  truth,
  jobs,
  isCalm,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  judge: Judge;
}): void {
  const isProgress = ({ pictures, interaction }: Told) => pictures.length === 0 && jobs.byId.has(interaction ?? '');
  for (const [messageId, versions] of Map.groupBy(truth.told, (told) => told.messageId)) {
    for (const [index, told] of versions.entries()) {
      const before = versions[index - 1];
      if (index < FIRST || before === undefined || !isProgress(told) || !isProgress(before)) continue;
      const gap = told.at - before.at;
      if (gap >= APART || before.interaction !== told.interaction || !isCalm(before.at - APART, told.at)) continue;
      judge.broken(
        'few edits',
        messageId,
        `Message ${messageId} of job ${told.interaction ?? ''} was edited again after ${Math.round(gap)} ms.`,
      );
    }
  }
}
