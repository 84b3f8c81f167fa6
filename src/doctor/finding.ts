/** What a check of the doctor's found, as one line. */

export interface Finding {
  /** `wrong` keeps the bot from working, `note` is worth knowing. */
  verdict: 'ok' | 'note' | 'wrong';
  /** What was looked at. */
  subject: 'environment' | 'store' | 'Discord' | 'permissions' | 'commands' | 'gateway' | 'clock' | 'RunComfy';
  /** What was found, and what to do about it. One line. */
  says: string;
}

export const ok = (subject: Finding['subject'], says: string): Finding => ({ verdict: 'ok', subject, says });
export const note = (subject: Finding['subject'], says: string): Finding => ({ verdict: 'note', subject, says });
export const wrong = (subject: Finding['subject'], says: string): Finding => ({ verdict: 'wrong', subject, says });

/** A finding as a line: one, whatever stands in a name that others chose. */
export function lineOf({ verdict, subject, says }: Finding): string {
  return `${verdict.padEnd(5)}  ${subject.padEnd(11)}  ${says.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')}`;
}
