/** What a picture is made from; the same makes the same bytes. */
export interface Picture {
  prompt: string;
  seed: number;
  /** From 1. */
  number: number;
  /** How many the job has. */
  of: number;
  width: number;
  height: number;
}
