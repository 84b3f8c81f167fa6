/** The images and the active jobs of the reservations there are, summed as these come, change and go. */
import type { Usage } from '../../../src/services/ledger/limits.ts';
import type { StoredReservation } from '../../../src/services/storage/copy.ts';

export interface Sums {
  add(reservation: StoredReservation): void;
  /** Takes one back, as it was when it was added. */
  remove(reservation: StoredReservation): void;
  usage(of: { guildId: string; userId: string; day: string; month: string }): Usage;
  /** The members with images on a day in a guild, and how many, by id. */
  members(guildId: string, day: string): [string, number][];
  clear(): void;
}

export function createSums(): Sums {
  /** Images and held jobs, by what they are counted of. */
  const counts = new Map<string, number>();
  /** The members that stand in the counts of a day, by day and guild. */
  const members = new Map<string, Set<string>>();

  const of = (name: string): number => counts.get(name) ?? 0;

  function count(name: string, by: number): void {
    const sum = of(name) + by;
    if (sum === 0) counts.delete(name);
    else counts.set(name, sum);
  }

  function change({ guildId, userId, day, month, images, state }: StoredReservation, sign: 1 | -1): void {
    if (state === 'held') {
      count(`held ${guildId}`, sign);
      count(`held ${guildId} ${userId}`, sign);
    }
    if (state === 'released') return;
    const ofDay = `${day} ${guildId}`;
    count(ofDay, sign * images);
    count(`${ofDay} ${userId}`, sign * images);
    count(`${month} ${guildId}`, sign * images);
    count(month, sign * images);
    const there = members.get(ofDay) ?? new Set();
    members.set(ofDay, there.add(userId));
  }

  return {
    add(reservation) {
      change(reservation, 1);
    },
    remove(reservation) {
      change(reservation, -1);
    },
    usage: ({ guildId, userId, day, month }) => ({
      userActiveJobs: of(`held ${guildId} ${userId}`),
      guildActiveJobs: of(`held ${guildId}`),
      userDailyImages: of(`${day} ${guildId} ${userId}`),
      guildDailyImages: of(`${day} ${guildId}`),
      guildMonthlyImages: of(`${month} ${guildId}`),
      totalMonthlyImages: of(month),
    }),
    members: (guildId, day) =>
      [...(members.get(`${day} ${guildId}`) ?? [])]
        .map((userId): [string, number] => [userId, of(`${day} ${guildId} ${userId}`)])
        .filter(([, images]) => images > 0)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    clear() {
      counts.clear();
      members.clear();
    },
  };
}
