/** What is true of a process's calls to RunComfy: a part of the truth. All moments in milliseconds since the epoch. */

/** A call to RunComfy: a submit, a look, a cancel, a read of a model's page or of the balance. */
export interface CallTruth {
  /** Which start of which process made it. */
  by: string;
  name: string;
  /** The request's id; of a submit, the word of its prompt with its seed. */
  subject: string;
  at: number;
  /** When its answer reached the process; never where none did. */
  answeredAt: number | undefined;
  /** When the process was done with it, answered or not; never where it ended before. */
  overAt?: number;
  /** Until when that told it to wait. */
  waitUntil: number | undefined;
  /** What a submit's said, by RunComfy's documented codes; `unclear`: perhaps it was taken. Of a page `gone` alone. */
  said: 'taken' | 'refused' | 'authentication' | 'balance' | 'gone' | 'rate' | 'unclear' | undefined;
  /** Whether it was told where a request stands, or what became of it; `undefined` also where that has ended, somehow. */
  isUseful?: boolean | undefined;
  /** Whether that refused the host's account, or had nothing against it. */
  account: 'refused' | 'taken' | undefined;
}
