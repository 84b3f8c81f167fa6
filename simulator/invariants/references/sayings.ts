/** What is said of pictures to start from, held against which were given and whether they can be had. */
import { faultOf } from '../../world/discord/discord.ts';
import type { GivenPicture, Told, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs } from '../jobs.ts';
import { sentencesIn, type Sentence } from '../sentences.ts';

export interface Sayings {
  /** The pictures that the interaction asks to start from, in order. */
  given: readonly GivenPicture[];
  truth: Truth;
  jobs: Jobs;
  tolerance: Tolerance;
  isReadable: (messageId: string, at: number) => boolean;
}

/** An address is of use only for so much longer (milliseconds): RunComfy fetches it a little later. */
const HOLDS_FOR = 60_000;

/** Most pictures to start from, and with the pictures that are made. */
const MOST = 10;
const TOGETHER = 15;

/** Whether a picture could surely be had at a moment: its address holds, or the bot can read its message anew. */
function canBeHad({ until, messageId }: GivenPicture, at: number, { truth, tolerance, isReadable }: Sayings): boolean {
  const late = tolerance.told(at);
  if (until() > at + HOLDS_FOR + late) return true;
  // What a new address holds for may be over already by a clock that is ahead.
  if (messageId === undefined || tolerance.clocks(at) > 0) return false;
  const { deletedAt } = truth.messages.get(messageId) ?? {};
  return (deletedAt === undefined || deletedAt > at) && isReadable(messageId, at);
}

type Rule = (values: Sentence['values'], told: Told, sayings: Sayings) => string | undefined;

const expired: Rule = ({ number = '1' }, { at }, sayings) => {
  const picture = sayings.given[Number(number) - 1];
  if (picture === undefined) return `there is no picture ${number}`;
  return canBeHad(picture, at, sayings) ? `${picture.picture} can be had` : undefined;
};

/** @param fault - what is said to be wrong with a file. */
const faulty =
  (fault: ReturnType<typeof faultOf>): Rule =>
  ({ number = '1' }, _, { given }) => {
    const { picture = 'nothing' } = given[Number(number) - 1] ?? {};
    return faultOf(picture) === fault ? undefined : `picture ${number} is ${picture}`;
  };

const from: Rule = ({ count = '1' }, _, { given }) =>
  !/^\d+$/.test(count) || Number(count) === given.length ? undefined : `${given.length} were given`;

const RULES = new Map<string, Rule>([
  ['references.from_one', from],
  ['references.from_other', from],
  ['references.expired', expired],
  ['references.format', faulty('format')],
  ['references.too_heavy', faulty('too_heavy')],
  ['references.too_many_pixels', faulty('too_many_pixels')],
  ['references.ratio', faulty('ratio')],
  ['references.too_many', (_, __, { given }) => (given.length > MOST ? undefined : `${given.length} were given`)],
  [
    'references.together',
    ({ asked }, _, { given }) => (given.length + Number(asked) > TOGETHER ? undefined : `${given.length} were given`),
  ],
  [
    'failure.reference_gone',
    (_, { at }, sayings) =>
      sayings.given.every((picture) => canBeHad(picture, at, sayings)) ? 'all of them can be had' : undefined,
  ],
  [
    'failure.reference_unreachable',
    (_, { interaction = '' }, { jobs }) =>
      jobs.byId.get(interaction)?.requests.some(({ unreachable }) => unreachable)
        ? undefined
        : 'RunComfy could fetch them',
  ],
]);

/** Words that every such sentence has. */
const ABOUT = /pictures?\b/i;

/** The first sentence that is not so; `undefined` where all are. What was asked for without pictures says nothing of them. */
export function wrongWith(told: Told, sayings: Sayings): { key: string; why: string } | undefined {
  const { given, jobs } = sayings;
  // A page of many jobs says it of each.
  const mayHaveNone = jobs.byId.has(told.interaction ?? '') && / · from \d+ pictures?/.test(told.text);
  if ((given.length === 0 && !mayHaveNone) || !ABOUT.test(told.text)) return undefined;
  for (const { key, values } of sentencesIn(told.text)) {
    const why = RULES.get(key)?.(values, told, sayings);
    if (why !== undefined) return { key, why };
  }
  return undefined;
}
