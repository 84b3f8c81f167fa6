/** The options of a job: as they came, and checked. */
import type { Job } from '../../services/job/job.ts';
import type { Reference } from '../../services/references/references.ts';

/** What a member asks for, as it came: nothing of it is checked yet. `undefined` is the default. */
export interface UncheckedOptions {
  prompt: string;
  /** `NaN` for what is no number. */
  count: number | undefined;
  /** RunComfy's id. */
  model: string | undefined;
  size: string | undefined;
  /** `NaN` for what is no number. */
  seed: number | undefined;
  quality: string | undefined;
  /** The pictures to start from, as Discord tells of them. */
  references: readonly Reference[];
  private: boolean;
  spoiler: boolean;
}

/** Options that only the store knows: it is asked once the interaction is acknowledged. */
export interface StoredOptions {
  /** Whether the acknowledgement, and so the job, is seen by the person alone. */
  private: boolean;
  /** Returns the options, or the sentence that says why there are none. @throws StoreError */
  read: () => Promise<UncheckedOptions | string>;
}

/** What a job is made with, `text` as it is sent. */
export type CheckedOptions = Pick<
  Job,
  'prompt' | 'text' | 'count' | 'model' | 'size' | 'seed' | 'quality' | 'references' | 'private' | 'spoiler'
>;
