/** When which process of the bot ran: a part of the truth. All moments in milliseconds since the epoch. */

export interface Life {
  /** `bot 1`. */
  process: string;
  /** Which start of it this is, from 1. */
  incarnation: number;
  startedAt: number;
  /** When it was told to stop: from then on it need not take interactions. */
  stoppedAt: number | undefined;
  /** When it ended, by itself or by force. */
  endedAt: number | undefined;
  /** Whether it ended by itself, as after a stop. */
  byItself?: true;
  /** Spans in which nothing in it ran. */
  frozen: { from: number; until: number | undefined }[];
}
