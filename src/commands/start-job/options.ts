/** The options of a job: as they came, and checked. */
import type { Job } from '../../services/job/job.ts';
import type { JobPictures, ReplyMessage } from '../../services/messages/messages.ts';
import type { Reference } from '../../services/references/references.ts';

/** What a member asks for, as it came: nothing of it is checked yet. `undefined` is the default. */
export interface UncheckedOptions {
  prompt: string;
  /** `NaN` for what is no number. */
  count: number | undefined;
  /** RunComfy's id. */
  model: string | undefined;
  size: string | undefined;
  /** A text where what was typed is no number. */
  seed: number | string | undefined;
  quality: string | undefined;
  /** The pictures to start from, as Discord tells of them. */
  references: readonly Reference[];
  /** Further ones of a job, as long as its record has not been read. */
  sameAs?: JobPictures | undefined;
  private: boolean;
  spoiler: boolean;
}

/** Why there is no job: a sentence, or a message with buttons that mend it. */
export type Refusal = string | ReplyMessage;

/** Options that only the store knows: it is asked once the interaction is acknowledged. */
export interface StoredOptions {
  /** Whether the acknowledgement, and so the job, is seen by the person alone. */
  private: boolean;
  /** What is known of them without it, to be given back where it fails: all that was typed. */
  typed: UncheckedOptions | undefined;
  /** Returns the options, or why there are none. @throws StoreError */
  read: () => Promise<UncheckedOptions | Refusal>;
}

/** What a job is made with, `text` as it is sent. */
export type CheckedOptions = Pick<
  Job,
  'prompt' | 'text' | 'count' | 'model' | 'size' | 'seed' | 'quality' | 'references' | 'private' | 'spoiler'
>;
