/** What a live check has found, as a report to paste into an issue: Markdown, without tokens. Pure. */
import { ASSUMPTIONS } from './assumptions.ts';
import type { LiveCheck } from './live-check.ts';
import type { Outcome } from './outcome.ts';

interface Surroundings {
  /** The bot's. */
  version: string;
  /** Of Node and of the machine. */
  platform: string;
  /** Where Discord and RunComfy were asked. */
  addresses: string[];
  /** When it ended. */
  at: Date;
}

const HEADINGS: [Outcome['verdict'], string][] = [
  ['differs', 'What differed'],
  ['handled', 'Otherwise than assumed, and handled'],
  ['unseen', 'Not seen'],
  ['met', 'As assumed'],
];

/** What no check can see: an interaction is needed, or much time, or many requests. */
const OUT_OF_REACH =
  'Not within reach of a check: edits, follow-ups and private messages by an interaction’s token (it takes a member who types a command), ' +
  'the 15 minutes that one lives, direct messages, moderation, sets of several pictures, rate limits.';

/** Whether the bot can go by what it takes for granted: nothing differed, and nothing kept the check from seeing it. */
export function isClean({ found, obstacles }: LiveCheck): boolean {
  return obstacles.length === 0 && found.all().every(({ outcome }) => outcome.verdict !== 'differs');
}

export function writeReport(check: LiveCheck, { version, platform, addresses, at }: Surroundings): string {
  const all = check.found.all();
  const having = (verdict: Outcome['verdict']) => all.filter(({ outcome }) => outcome.verdict === verdict);
  const count = (verdict: Outcome['verdict']) => having(verdict).length;
  const paid = check.cost === undefined ? 'not told' : `${check.cost} USD`;
  const parts = HEADINGS.filter(([verdict]) => count(verdict) > 0).map(([verdict, heading]) => [
    `## ${heading}`,
    '',
    ...having(verdict).map(
      ({ name, outcome }) => `- \`${name}\` ${ASSUMPTIONS[name]}. **Answered:** ${quote(outcome.said)}`,
    ),
    '',
  ]);
  return [
    `# Live check of seedream-bot ${version}`,
    '',
    `${at.toISOString()} · ${platform} · ${addresses.join(' and ')}`,
    `Model \`${check.model}\` · request \`${check.requestId ?? 'none'}\` · cost ${paid}`,
    '',
    `**Of ${all.length} assumptions: different ${count('differs')}, otherwise and handled ${count('handled')}, not seen ${count('unseen')}, as assumed ${count('met')}.**`,
    '',
    ...(check.obstacles.length === 0 ? [] : [...check.obstacles.map((sentence) => `- ${quote(sentence)}.`), '']),
    ...parts.flat(),
    OUT_OF_REACH,
    '',
  ].join('\n');
}

/** What others wrote has no effect on the page that it is pasted into. */
function quote(text: string): string {
  return /[<>`*_[\]|@#]/.test(text) ? `\`\` ${text.replaceAll('``', "''")} \`\`` : text;
}
