/** How a request goes: drawn when it is taken, from the seed and from what the plan has in store for it. */
import type { Random } from '../../kernel/random.ts';

/** What the plan may have in store for a request. */
export const FATES = [
  /** Fewer pictures come than were asked for; they are billed all the same. */
  'fewer',
  /** It succeeds without a single picture. */
  'none_made',
  /** Moderation refuses it, with a reason. */
  'moderated',
  /** The same, with an object for a reason. */
  'refused',
  /** It fails without a word. */
  'failed',
  /** It takes ten times as long. */
  'slow',
  /** It never ends. */
  'stuck',
  /** Many requests of others are before it. */
  'waits_long',
  /** RunComfy does not know it yet for some seconds after it was taken. */
  'known_late',
  /** RunComfy denies it for some seconds every now and then. */
  'flickers',
  /** Its status says that it is finished some seconds before its result does. */
  'result_late',
  /** The same, told as 400005. */
  'result_not_ready',
  /** RunComfy forgets it while it is worked on: it is unknown from then on. */
  'forgotten',
  /** The addresses of its pictures are good for two minutes. */
  'short_lived',
  /** One of its pictures cannot be had, though it was made. */
  'one_lost',
  /** An address is listed twice. */
  'listed_twice',
  /** Its states are told by words that are met without being documented. */
  'other_words',
] as const;
type Fate = (typeof FATES)[number];

/** How one request goes. Spans are in milliseconds. */
export interface Course {
  /** How long requests of others are before it. */
  wait: number;
  duration: number;
  ending: 'succeeded' | 'failed';
  /** The `error` of a failure, where it has one. */
  reason: unknown;
  /** Pictures that are made. */
  made: number;
  /** From its submit until RunComfy knows it. */
  knownAfter: number;
  /** From its submit until RunComfy knows it no more. */
  forgottenAfter: number;
  /** Whether it is denied every now and then. */
  flickers: boolean;
  /** From its end until its result says so, and how the result says until then that it is not there. */
  resultLag: number;
  notReadyAs: 'state' | 'code';
  /** From its end until its pictures' addresses expire. */
  addressLife: number;
  listedTwice: boolean;
  /** Which of its pictures, from 1, cannot be had; 0: none. */
  lost: number;
  otherWords: boolean;
  /** Whether a single picture stands under `image` instead of `images`. */
  singular: boolean;
  /** Whether its result tells what it was billed, to whoever asks for that. */
  tellsCost: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Whether a result tells its cost is documented; that each does is not. */
const TELLS_COST = 0.9;

const MODERATED = 'The request was refused by content moderation.';

/** Upstream's addresses are good for 24 hours. */
const ADDRESS_LIFE = 24 * 60 * MINUTE;

/**
 * The vendor claims 1.5 to 2 s a picture, people measured 40 s each in groups: 15 can take ten minutes.
 *
 * @returns milliseconds, from 15 s to 10 min.
 */
function drawDuration(random: Random, { asked, standard }: { asked: number; standard: boolean }): number {
  const median = (8 + 12 * asked) * SECOND * (standard ? 1.5 : 1);
  return Math.round(Math.min(10 * MINUTE, Math.max(15 * SECOND, random.around(median, 0.45))));
}

/** @param fate - by {@link FATES}; another word changes nothing. */
export function drawCourse(
  random: Random,
  { asked, standard, fate }: { asked: number; standard: boolean; fate: string | undefined },
): Course {
  const duration = drawDuration(random, { asked, standard });
  const some = random.next();
  const seconds = (least: number, most: number) => Math.round((least + some * (most - least)) * SECOND);
  const course: Course = {
    wait: Math.round(random.around(14 * SECOND, 1)),
    duration,
    ending: 'succeeded',
    reason: undefined,
    made: asked,
    knownAfter: 0,
    forgottenAfter: Infinity,
    flickers: false,
    resultLag: 0,
    notReadyAs: 'state',
    addressLife: ADDRESS_LIFE,
    listedTwice: false,
    lost: 0,
    otherWords: false,
    singular: some < 0.5,
    tellsCost: random.chance(TELLS_COST),
  };
  switch (fate as Fate | undefined) {
    case 'fewer':
      return { ...course, made: Math.max(1, Math.floor(asked * (0.3 + 0.6 * some))) };
    case 'none_made':
      return { ...course, made: 0 };
    case 'moderated':
      return { ...course, ending: 'failed', reason: MODERATED };
    case 'refused':
      return { ...course, ending: 'failed', reason: { type: 'content_policy_violation', message: MODERATED } };
    case 'failed':
      return { ...course, ending: 'failed' };
    case 'slow':
      return { ...course, duration: 10 * duration };
    case 'stuck':
      return { ...course, duration: Infinity };
    case 'waits_long':
      return { ...course, wait: 20 * course.wait };
    case 'known_late':
      return { ...course, knownAfter: seconds(4, 25) };
    case 'flickers':
      return { ...course, flickers: true };
    case 'result_late':
      return { ...course, resultLag: seconds(2, 40) };
    case 'result_not_ready':
      return { ...course, resultLag: seconds(2, 40), notReadyAs: 'code' };
    case 'forgotten':
      return { ...course, forgottenAfter: seconds(5, 60) };
    case 'short_lived':
      return { ...course, addressLife: 2 * MINUTE };
    case 'one_lost':
      return { ...course, lost: 1 + Math.floor(some * asked) };
    case 'listed_twice':
      return { ...course, listedTwice: true };
    case 'other_words':
      return { ...course, ending: some < 0.3 ? 'failed' : 'succeeded', otherWords: true };
    case undefined:
      return course;
  }
}
