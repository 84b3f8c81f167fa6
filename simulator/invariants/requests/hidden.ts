/** What is somebody's alone, or behind a blur, stays so in what starts from it. */
import type { Truth } from '../../world/truth.ts';
import { madeBy } from '../galleries/made.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** What Discord hides behind a blur bears this in its file's name. */
const HIDDEN = 'SPOILER_';

export function judgeHidden({ truth, jobs, judge }: { truth: Truth; jobs: Jobs; judge: Judge }): void {
  const made = madeBy(jobs);

  /** What starts from pictures that somebody alone sees is seen by them alone, and what starts from hidden ones is hidden. */
  function judgeStart(job: KnownJob): void {
    const pictures = job.requests.flatMap(({ references }) => references.flatMap(({ picture }) => picture ?? []));
    const secret = pictures.find((picture) => made.get(picture)?.job.private);
    if (secret !== undefined && !job.private)
      judge.broken(
        'private stays private',
        job.id,
        `Job ${job.id} is seen by all, and starts from picture ${secret} of a private one.`,
      );
    const hidden = pictures.find((picture) => made.get(picture)?.job.spoiler);
    if (hidden !== undefined && !job.spoiler)
      judge.broken(
        'what is made was asked for',
        `${job.id} hidden`,
        `Job ${job.id} is not hidden, and starts from picture ${hidden} of one that is.`,
      );
  }

  for (const job of jobs.byId.values()) judgeStart(job);
  for (const { pictures } of truth.messages.values())
    for (const { picture, fileName } of pictures) {
      const job = made.get(picture)?.job;
      if (job === undefined || fileName.startsWith(HIDDEN) === job.spoiler) continue;
      judge.broken(
        'what is made was asked for',
        `${job.id} spoiler`,
        `Job ${job.id} was asked for with spoiler ${String(job.spoiler)}, and is made with ${fileName}.`,
      );
    }
}
