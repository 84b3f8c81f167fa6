/** What `npm run playground -- --help` prints. Pure. */
import { COUNT_MAX, SIZE_DEFAULT, SIZES } from '../../src/services/models/seedream.ts';
import { ratioOf } from './request-options.ts';
import { wrapText } from './terminal/columns.ts';

const ABOUT =
  'The whole bot on this machine, without an account: stand-ins for Discord and RunComfy, and the real bot between them.';

type Line = readonly [typed: string, meaning: string];

const COMMANDS: readonly Line[] = [
  ['npm run playground', 'a page like a Discord channel, until Ctrl-C (PLAYGROUND_PORT, default 8080)'],
  ['npm run playground -- --once', 'one /seedream in this terminal; its pictures go to playground/pictures/'],
];

const REQUEST: readonly Line[] = [
  ['--prompt "a fox in the snow"', 'what the pictures should show'],
  ['--count 4', `how many, 1 to ${COUNT_MAX}`],
  ['--size 4:3', `${SIZES.map(ratioOf).join(', ')}, or a whole value: "${SIZE_DEFAULT}"`],
  ['--quality standard', 'fast (default) or standard'],
  ['--seed 7', 'a whole number'],
  ['--model ID', 'one of RUNCOMFY_MODELS'],
  ['--private', 'only the member sees the pictures'],
];

const OTHERS: readonly Line[] = [
  ['--speed 20', 'how many times faster than the real model (default 5)'],
  ['--serve', 'the page, even where there is no terminal'],
  ['--help', 'this'],
];

/** Where the meanings begin (columns), and how much room they must have there; else each stands below what is typed. */
const MEANING_AT = 32;
const MEANING_LEAST = 30;

function linesOf([typed, meaning]: Line, columns: number): string[] {
  if (columns < MEANING_AT + MEANING_LEAST) {
    return [...wrapText(`  ${typed}`, columns), ...wrapText(`      ${meaning}`, columns)];
  }
  const [first = '', ...further] = wrapText(meaning, columns - MEANING_AT);
  const indent = ' '.repeat(MEANING_AT);
  return [`  ${typed}`.padEnd(MEANING_AT) + first, ...further.map((line) => indent + line)];
}

/** The help, in lines of at most so many columns. */
export function helpLines(columns: number): string[] {
  const table = (lines: readonly Line[]): string[] => lines.flatMap((line) => linesOf(line, columns));
  return [
    ...wrapText(ABOUT, columns),
    '',
    ...table(COMMANDS),
    '',
    'Of that one request:',
    ...table(REQUEST),
    '',
    ...table(OTHERS),
  ];
}
