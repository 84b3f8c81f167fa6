/** No limit is passed by one picture, whatever happens at once. */
import { utcDay, utcMonth } from '../../src/services/ledger/limits.ts';
import type { Act } from '../plan.ts';
import type { ReservationTruth, Truth } from '../world/truth.ts';
import type { Judge } from './judge.ts';

/** What the host allows at most: an admin can only go below. */
export interface HostLimits {
  guildDailyImages: number;
  guildMonthlyImages: number;
  userDailyImages: number;
  guildActiveJobs: number;
  userActiveJobs: number;
  totalMonthlyImages: number | undefined;
}

/** The host of the bot, in a plan's acts. */
const HOST = 'the host';

/** The limits as they may be at most: an admin only lowers them, the host of the bot may also give a server more. */
export function raisedLimits(limits: HostLimits, acts: readonly Act[]): HostLimits {
  const raised = { ...limits };
  for (const act of acts) {
    if (act.kind !== 'command' || act.command !== 'limits' || act.member !== HOST) continue;
    const { subcommand, limit, value, images } = act.options;
    const name = subcommand === 'role' ? 'userDailyImages' : (limit as keyof HostLimits);
    const most = Number(subcommand === 'role' ? images : value);
    const before = raised[name];
    if (before !== undefined && most > before) raised[name] = most;
  }
  return raised;
}

function sums(
  of: readonly ReservationTruth[],
  key: (each: ReservationTruth) => string,
  worth: (each: ReservationTruth) => number,
) {
  const all = new Map<string, number>();
  for (const each of of) all.set(key(each), (all.get(key(each)) ?? 0) + worth(each));
  return all;
}

export function judgeLimits({ truth, limits, judge }: { truth: Truth; limits: HostLimits; judge: Judge }) {
  return {
    now() {
      const counted = truth.reservations().filter(({ state }) => state !== 'released');
      const held = counted.filter(({ state }) => state === 'held');
      const images = ({ images: each }: ReservationTruth) => each;
      const one = () => 1;
      const windows: [name: string, used: Map<string, number>, allowed: number | undefined][] = [
        [
          'pictures of a member on a day',
          sums(counted, ({ guild, member, at }) => `${guild} ${member} ${utcDay(at)}`, images),
          limits.userDailyImages,
        ],
        [
          'pictures of a server on a day',
          sums(counted, ({ guild, at }) => `${guild} ${utcDay(at)}`, images),
          limits.guildDailyImages,
        ],
        [
          'pictures of a server in a month',
          sums(counted, ({ guild, at }) => `${guild} ${utcMonth(at)}`, images),
          limits.guildMonthlyImages,
        ],
        [
          'pictures of all servers in a month',
          sums(counted, ({ at }) => utcMonth(at), images),
          limits.totalMonthlyImages,
        ],
        [
          'jobs of a member at a time',
          sums(held, ({ guild, member }) => `${guild} ${member}`, one),
          limits.userActiveJobs,
        ],
        ['jobs of a server at a time', sums(held, ({ guild }) => guild, one), limits.guildActiveJobs],
      ];
      for (const [name, used, allowed] of windows) {
        for (const [whose, number] of used) {
          if (allowed === undefined || number <= allowed) continue;
          judge.broken(
            'no limit is passed',
            `${name} ${whose}`,
            `${number} ${name} are counted (${whose}), and ${allowed} are allowed.`,
          );
        }
      }
    },
  };
}
