/** What an admin has set holds from then on: no job of the server passes it. */
import type { ReservationTruth, Truth } from '../../world/truth.ts';
import type { Judge } from '../judge.ts';
import type { Known, PictureLimit, SetLimits } from './set-limits.ts';

/** The part of a moment (milliseconds since the epoch) by which a window is named: `2026-11-30`, `2026-11`. */
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const monthOf = (at: number) => dayOf(at).slice(0, 7);

/** @param set - what admins have set. */
export function judgeGuildLimits({
  truth,
  set: { changesIn, dailyOf, valueAt },
  judge,
}: {
  truth: Truth;
  set: SetLimits;
  judge: Judge;
}) {
  /** Who asked for it: its reservation may bear the name no more. */
  const memberOf = ({ jobId, member }: ReservationTruth) => truth.interactions.get(jobId)?.member ?? member;
  const countedWith = (counted: readonly ReservationTruth[], last: ReservationTruth) =>
    counted.slice(0, counted.indexOf(last) + 1);
  const sum = (of: readonly ReservationTruth[]) => of.reduce((whole, { images }) => whole + images, 0);

  function judgeGuild(guild: string, counted: readonly ReservationTruth[]): void {
    const changes = changesIn(guild);
    if (changes.length === 0) return;
    for (const reservation of counted) {
      const { jobId } = reservation;
      const asked = truth.interactions.get(jobId);
      if (asked === undefined) continue;
      const sofar = countedWith(counted, reservation);
      const sameDay = sofar.filter(({ at }) => dayOf(at) === dayOf(reservation.at));
      const windows: [PictureLimit, Known | undefined, number][] = [
        [
          'userDailyImages',
          dailyOf(changes, asked.member, guild, asked.at),
          sum(sameDay.filter((each) => memberOf(each) === asked.member)),
        ],
        ['guildDailyImages', valueAt(changes, 'guildDailyImages', asked.at), sum(sameDay)],
        [
          'guildMonthlyImages',
          valueAt(changes, 'guildMonthlyImages', asked.at),
          sum(sofar.filter(({ at }) => monthOf(at) === monthOf(reservation.at))),
        ],
        ['imagesPerJob', valueAt(changes, 'imagesPerJob', asked.at), reservation.images],
      ];
      const isBarred = valueAt(changes, 'pictures', asked.at) === 0 && asked.gives.length > 0;
      if (isBarred)
        judge.broken(
          'what an admin sets holds',
          `${jobId} pictures`,
          `Job ${jobId} starts from pictures, which an admin had barred before.`,
        );
      for (const [limit, allowed, used] of windows)
        if (typeof allowed === 'number' && used > allowed)
          judge.broken(
            'what an admin sets holds',
            `${jobId} ${limit}`,
            `Job ${jobId} was begun though it makes ${used} pictures counted, and the server's ${limit} had been set to ${allowed} before.`,
          );
    }
  }

  return {
    atEnd() {
      const counted = truth.reservations().filter(({ state }) => state !== 'released');
      const byGuild = Map.groupBy(
        counted.toSorted((one, other) => one.at - other.at),
        ({ guild }) => guild,
      );
      for (const [guild, own] of byGuild) judgeGuild(guild, own);
    },
  };
}
