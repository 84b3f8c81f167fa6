/** No limit is passed by one picture, whatever happens at once; and who is refused is told what is used. */
import { FORGOTTEN } from '../../src/services/ledger/ledger.ts';
import type { LimitName, Limits } from '../../src/services/ledger/limits.ts';
import { HOST, idOf } from '../world/discord/discord.ts';
import type { ReservationTruth, Truth } from '../world/truth.ts';
import type { Judge } from './judge.ts';

/** What a window of a limit holds, whose it is, and since when. */
interface Used {
  used: number;
  /** What it was before it changed last, and when that was seen (milliseconds since the epoch). */
  before: number;
  since: number;
}

interface Window {
  limit: LimitName;
  name: string;
  /** Whether only jobs under way count. */
  held: boolean;
  /** Jobs or pictures. */
  worth: (each: ReservationTruth) => number;
  key: (each: Pick<ReservationTruth, 'guild' | 'member' | 'at'>) => string;
}

const NOTHING_USED: Used = { used: 0, before: 0, since: -Infinity };

const DAY = 24 * 60 * 60_000;

/** Days by their number since the epoch: a history has few, and each is asked for at every judgement. */
const days = new Map<number, string>();

/** The UTC day and month of a moment, as nobody else reckons them. */
function utcDay(at: number): string {
  const number = Math.floor(at / DAY);
  const day = days.get(number) ?? new Date(at).toISOString().slice(0, 10);
  days.set(number, day);
  return day;
}
const utcMonth = (at: number) => utcDay(at).slice(0, 7);

const images = ({ images: each }: ReservationTruth) => each;
const one = () => 1;

const WINDOWS: readonly Window[] = [
  {
    ...{ limit: 'userDailyImages', name: 'pictures of a member on a day', held: false, worth: images },
    key: ({ guild, member, at }) => `${guild} ${member} ${utcDay(at)}`,
  },
  {
    ...{ limit: 'guildDailyImages', name: 'pictures of a server on a day', held: false, worth: images },
    key: ({ guild, at }) => `${guild} ${utcDay(at)}`,
  },
  {
    ...{ limit: 'guildMonthlyImages', name: 'pictures of a server in a month', held: false, worth: images },
    key: ({ guild, at }) => `${guild} ${utcMonth(at)}`,
  },
  {
    ...{ limit: 'totalMonthlyImages', name: 'pictures of all servers in a month', held: false, worth: images },
    key: ({ at }) => utcMonth(at),
  },
  {
    ...{ limit: 'userActiveJobs', name: 'jobs of a member at a time', held: true, worth: one },
    key: ({ guild, member }) => `${guild} ${member}`,
  },
  {
    ...{ limit: 'guildActiveJobs', name: 'jobs of a server at a time', held: true, worth: one },
    key: ({ guild }) => guild,
  },
];

export interface LimitsJudge {
  /** @param at - milliseconds since the epoch. */
  now(at: number): void;
  /** What was used of a limit by the member of a guild, on the day or in the month of a moment. */
  usedOf: (limit: LimitName, whose: Pick<ReservationTruth, 'guild' | 'member' | 'at'>) => Used;
}

/** @param limits - those of the environment. */
export function judgeLimits({ truth, limits, judge }: { truth: Truth; limits: Limits; judge: Judge }): LimitsJudge {
  const host = idOf(HOST);
  const windows = WINDOWS.map((window) => ({ window, used: new Map<string, Used>() }));
  /** The reservations that were judged last: the truth gives the same list until one of them changes. */
  let judged: readonly ReservationTruth[] | undefined;

  /** The most that the host has let a guild have, in its own settings beside the environment's. */
  function raised(limit: LimitName, guild: string): number {
    let most = 0;
    for (const { name, member, guild: where, options } of truth.interactions.values()) {
      if (name !== 'limits' || member !== host || where !== guild) continue;
      const isRole = limit === 'userDailyImages' && options['subcommand'] === 'role';
      if (isRole || options['limit'] === limit)
        most = Math.max(most, Number(options[isRole ? 'images' : 'value'] ?? 0));
    }
    return most;
  }

  function sum(reservations: readonly ReservationTruth[], at: number): void {
    const counted = reservations.filter(({ state }) => state !== 'released');
    for (const { window, used } of windows) {
      const sums = new Map<string, number>([...used.keys()].map((key) => [key, 0]));
      for (const each of counted) {
        if (window.held && each.state !== 'held') continue;
        // Whose pictures they were is not known any more.
        if (each.member === FORGOTTEN && window.limit === 'userDailyImages') continue;
        const key = window.key(each);
        sums.set(key, (sums.get(key) ?? 0) + window.worth(each));
      }
      for (const [key, number] of sums) {
        const known = used.get(key) ?? { used: 0, before: 0, since: at };
        if (known.used !== number) used.set(key, { used: number, before: known.used, since: at });
      }
    }
  }

  return {
    now(at) {
      const reservations = truth.reservations();
      if (reservations === judged) return;
      judged = reservations;
      sum(reservations, at);
      for (const { window, used } of windows) {
        const allowed = limits[window.limit];
        if (allowed === undefined) continue;
        for (const [whose, { used: number }] of used) {
          if (number <= allowed || number <= raised(window.limit, whose.split(' ')[0] ?? '')) continue;
          judge.broken(
            'no limit is passed',
            `${window.name} ${whose}`,
            `${number} ${window.name} are counted (${whose}), and ${allowed} are allowed.`,
          );
        }
      }
    },
    usedOf(limit, whose) {
      const found = windows.find(({ window }) => window.limit === limit);
      if (found === undefined) return NOTHING_USED;
      const key = found.window.key(whose);
      const known = found.used.get(key) ?? NOTHING_USED;
      // One that came and went between two looks was counted meanwhile.
      const own = truth.reservations().filter((each) => found.window.key(each) === key);
      return { ...known, since: Math.max(known.since, ...own.map(({ at }) => at)) };
    },
  };
}
