/** Pages beside the numbers of limits: what admins read of their server's members, what the host reads, for how long something is kept, what a press will cost. */
import { en } from '../../../src/languages/en.ts';
import { utcDay } from '../../../src/services/ledger/limits.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { SetLimits } from '../guilds/set-limits.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import type { LimitsJudge } from '../limits.ts';

const DAY = 24 * 60 * 60_000;

/** A price is shown in cents (US dollars). */
const ROUNDED = 0.0051;

const KEPT = /(?:^Kept for|started from: for) (\d+) days?/gm;
const CONFIRM = /That costs \$(\d+(?:\.\d+)?)\./;

/** `Today: 5 pictures · $0.15`, and the same of a month, of the last days, and of a member of a list. */
const SPENT = /^(Today|This month|Last \d+ days|\d+\. <@\d+>|Others)(?:: | · )([\d,]+) pictures? · \$([\d.,]+)/gm;

/** The price, where there is one alone. */
const PRICE = /^Cost, at \$([\d.]+) a picture$/m;

/** @param retention - how long jobs are kept (milliseconds). */
export function judgePages({
  truth,
  jobs,
  retention,
  isAdmin,
  usedOf,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  retention: number;
  isAdmin: SetLimits['isAdmin'];
  usedOf: LimitsJudge['usedOf'];
  tolerance: Tolerance;
  judge: Judge;
}) {
  function wrong({ messageId, text }: Told, what: string, why: string): void {
    judge.broken(
      'no sentence lies',
      `${messageId} ${what}`,
      `Message ${messageId} says "${text.replaceAll('\n', ' / ').slice(0, 600)}", but ${why}.`,
    );
  }

  /** What admins may do is told to them, and to nobody else. */
  function judgeHelp(told: Told, { guild, member }: InteractionTruth): void {
    const isTold = told.text.split('\n').includes(en.help.admins);
    if (isTold !== isAdmin(guild, member)) wrong(told, 'admins', `its reader is ${isTold ? 'no' : 'an'} admin`);
  }

  function judgeKept(told: Told): void {
    for (const [, days] of told.text.matchAll(KEPT))
      if (Number(days) !== Math.ceil(retention / DAY)) wrong(told, 'kept', `it is kept for ${retention / DAY} days`);
  }

  /** What Again under `/history` is said to cost is the price of as many pictures. */
  function judgeConfirm(told: Told, { name }: InteractionTruth): void {
    const job = jobs.byId.get(/^askagain:(\d+)$/.exec(name)?.[1] ?? '');
    const cost = CONFIRM.exec(told.text)?.[1];
    const price = job?.requests[0]?.price;
    if (job === undefined || cost === undefined || price === undefined) return;
    if (Math.abs(Number(cost) - job.count * price) > ROUNDED)
      wrong(told, 'cost', `${job.count} pictures cost $${job.count * price}`);
  }

  /** What admins read of a server: how many pictures today, this month and lately, each member's, the most first, and their cost. */
  function judgeSpent(told: Told, { guild, member, at: asked }: InteractionTruth): void {
    const { at, text } = told;
    const late = tolerance.told(at);
    const lines = [...text.matchAll(SPENT)].map(([, what = '', pictures = '', cost = '']) => ({
      what,
      pictures: Number(pictures.replaceAll(',', '')),
      cost: Number(cost.replaceAll(',', '')),
    }));
    if (lines.length === 0 || utcDay(at - late) !== utcDay(at + late)) return;
    const price = PRICE.exec(text)?.[1];
    const dear = lines.find(({ pictures, cost }) => Math.abs(pictures * Number(price) - cost) > ROUNDED);
    if (price !== undefined && dear !== undefined) wrong(told, 'cost', `${dear.pictures} pictures do not cost that`);
    const own = truth.reservations().filter((each) => each.guild === guild && each.state !== 'released');
    const settled = (limit: 'guildDailyImages' | 'guildMonthlyImages') => usedOf(limit, { guild, member, at });
    const [day, month] = [settled('guildDailyImages'), settled('guildMonthlyImages')];
    if (at - Math.max(day.since, month.since) < late || at - asked >= late || own.some((each) => each.at >= asked))
      return;
    const of = (what: RegExp) => lines.find((line) => what.test(line.what))?.pictures;
    const members = lines.filter(({ what }) => what.includes('<@'));
    const others = of(/^Others/) ?? 0;
    // A history has no other month before its last thirty days.
    const lately = own.filter((each) => each.at <= at).reduce((sum, { images }) => sum + images, 0);
    const listed = members.reduce((sum, { pictures }) => sum + pictures, others);
    if (of(/^Today/) !== day.used) wrong(told, 'today', `${day.used} are counted today`);
    if (of(/^This month/) !== month.used) wrong(told, 'month', `${month.used} are counted this month`);
    if (of(/^Last/) !== lately || listed !== lately) wrong(told, 'lately', `${lately} are counted lately`);
    if (members.some(({ pictures }, index) => pictures > (members[index - 1]?.pictures ?? Infinity)))
      wrong(told, 'order', 'somebody had more than the one before');
  }

  return (told: Told): void => {
    const asked = truth.interactions.get(told.interaction ?? '');
    if (asked === undefined) return;
    if (asked.name === 'help' && told.text.includes(en.help.text)) judgeHelp(told, asked);
    if (asked.name === 'history' || asked.name === 'privacy') judgeKept(told);
    if (asked.name.startsWith('askagain:')) judgeConfirm(told, asked);
    if (asked.name === 'usage') judgeSpent(told, asked);
  };
}
