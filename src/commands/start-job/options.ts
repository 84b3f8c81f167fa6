/** The options of a job: as they came, and checked. */
import type { Job } from '../../services/job/job.ts';

/** What a member asks for, as it came: nothing of it is checked yet. `undefined` is the default. */
export interface UncheckedOptions {
  prompt: string;
  count: number | undefined;
  size: string | undefined;
  seed: number | undefined;
  quality: string | undefined;
  private: boolean;
  spoiler: boolean;
}

/** What a job is made with, `text` as it is sent. */
export type CheckedOptions = Pick<
  Job,
  'prompt' | 'text' | 'count' | 'size' | 'seed' | 'quality' | 'private' | 'spoiler'
>;
