/** What a reason is: of a sentence that refuses something, or tells of a trouble. */
import type { InteractionTruth, Told } from '../../world/truth.ts';
import type { KnownJob } from '../jobs.ts';
import type { Sentence } from '../sentences.ts';

/** Who is asked, and what for, where something is said. */
interface Said {
  told: Told;
  asked: InteractionTruth;
  /** The job that it began, or whose button was pressed. */
  job: KnownJob | undefined;
  values: Sentence['values'];
}

/** @returns what speaks against the sentence; `undefined` where nothing does. */
export type Reason = (said: Said) => string | undefined;

export const unless = (holds: boolean, why: string) => (holds ? undefined : why);

export const failed: Reason = ({ job }) =>
  unless(job === undefined || job.requests.some(({ state }) => state === 'failed'), 'none of its requests has failed');
