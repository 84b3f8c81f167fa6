/** What one check found, as a line. */

export interface Finding {
  /** `wrong` keeps the bot from working, `note` is worth knowing. */
  verdict: 'ok' | 'note' | 'wrong';
  /** What was checked. */
  subject:
    | 'environment'
    | 'store'
    | 'Discord'
    | 'permissions'
    | 'commands'
    | 'gateway'
    | 'clock'
    | 'RunComfy'
    | 'model'
    | 'price'
    | 'options'
    | 'references'
    | 'request';
  /** What was found, and what to do about it. One line. */
  sentence: string;
}

export const ok = (subject: Finding['subject'], sentence: string): Finding => ({ verdict: 'ok', subject, sentence });
export const note = (subject: Finding['subject'], sentence: string): Finding => ({
  verdict: 'note',
  subject,
  sentence,
});
export const wrong = (subject: Finding['subject'], sentence: string): Finding => ({
  verdict: 'wrong',
  subject,
  sentence,
});

/** A finding as exactly one line, whatever characters a guild's name brings into it. */
export function lineOf({ verdict, subject, sentence }: Finding): string {
  return `${verdict.padEnd(5)}  ${subject.padEnd(11)}  ${onOneLine(sentence)}`;
}

/** The same for whoever is being asked something, where the verdict is shown otherwise. */
export function sentenceOf({ subject, sentence }: Finding): string {
  return `${subject} ${onOneLine(sentence)}`;
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}
