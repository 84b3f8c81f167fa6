/** The numbers on `/usage` and `/limits`, and what is answered to whoever sets one: what is used, what is allowed, when it resets. */
import { en } from '../../../src/languages/en.ts';
import { nextUtcDay, nextUtcMonth, utcDay, type LimitName } from '../../../src/services/ledger/limits.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { Allowed } from '../guilds/set-limits.ts';
import type { Judge } from '../judge.ts';
import type { LimitsJudge } from '../limits.ts';
import { sentencesIn } from '../sentences.ts';

/** A number that a page shows: of which limit, what is used of it, what is allowed. */
interface Shown {
  limit: LimitName;
  used: number;
  allowed: number | undefined;
}

/** What `/usage` heads its numbers with, and whose they are. */
const HEADS: ReadonlyMap<string, 'user' | 'guild' | 'total'> = new Map([
  [en.usage.you, 'user'],
  [en.usage.server, 'guild'],
  [en.usage.total, 'total'],
]);

/** `▰▱▱ 3 of 10 today`, and the same of a month and of jobs that run. */
const USED = /(\d+) of (\d+) (today|this month|jobs running)$/;
const WINDOWS = { today: 'DailyImages', 'this month': 'MonthlyImages', 'jobs running': 'ActiveJobs' } as const;

function onUsagePage(text: string): Shown[] {
  let whose: 'user' | 'guild' | 'total' = 'total';
  return text.split('\n').flatMap((line): Shown[] => {
    whose = HEADS.get(line) ?? whose;
    const [, used, allowed, window = ''] = USED.exec(line) ?? [];
    if (used === undefined) return [];
    const limit = `${whose}${WINDOWS[window as keyof typeof WINDOWS]}` as LimitName;
    return [{ limit, used: Number(used), allowed: Number(allowed) }];
  });
}

/** `/limits show`: each limit's name, and below it what is used and allowed. */
function onLimitsPage(text: string): Shown[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index): Shown[] => {
    const limit = Object.entries(en.command.limits).find(([name, label]) => label === line && /Images|Jobs/.test(name));
    const next = lines[index + 1] ?? '';
    const [, first, second] = /^\*\*(\d+)\*\* (?:of \*\*(\d+)\*\* used|· you have used \*\*(?=\d))/.exec(next) ?? [];
    const own = /you have used \*\*(\d+)\*\*/.exec(next)?.[1];
    if (limit === undefined || first === undefined || (own === undefined && second === undefined)) return [];
    const [used, allowed] = own === undefined ? [first, second] : [own, first];
    return [{ limit: limit[0] as LimitName, used: Number(used), allowed: Number(allowed) }];
  });
}

/** Limits that somebody may be refused by. */
const LIMITS: readonly LimitName[] = [
  ...(['userActiveJobs', 'guildActiveJobs', 'userDailyImages', 'guildDailyImages'] as const),
  ...(['guildMonthlyImages', 'totalMonthlyImages'] as const),
];

/** When it says that something resets, by the sentence that says so. */
const RESETS: readonly [RegExp, (at: number) => number][] = [
  [/ today, and this asks for \d+\. It resets <t:(\d+)/, nextUtcDay],
  [/ this month(?: over all servers)?, and this asks for \d+\. It resets <t:(\d+)/, nextUtcMonth],
  [/^today's: <t:(\d+)/m, nextUtcDay],
  [/^this month's: <t:(\d+)/m, nextUtcMonth],
];

export function judgeNumbersShown({
  truth,
  usedOf,
  allowedTo,
  tolerance,
  judge,
}: {
  truth: Truth;
  usedOf: LimitsJudge['usedOf'];
  allowedTo: Allowed;
  tolerance: Tolerance;
  judge: Judge;
}) {
  function wrong({ messageId, text }: Told, subject: string, why: string): void {
    judge.broken(
      'no sentence lies',
      `${messageId} ${subject}`,
      `Message ${messageId} says "${text.replaceAll('\n', ' / ').slice(0, 400)}", but ${why}.`,
    );
  }

  function judgeShown(
    told: Told,
    { name, guild, member, at: asked }: InteractionTruth,
    { limit, used, allowed }: Shown,
  ): void {
    const { at } = told;
    const late = tolerance.told(at);
    if (utcDay(at - late) !== utcDay(at + late)) return;
    const known = usedOf(limit, { guild, member, at });
    if (at - known.since >= late && at - asked < late && known.used !== used)
      wrong(told, limit, `${known.used} are counted (${limit})`);
    const may = allowedTo(limit, { guild, member, at: asked, until: at, withRoles: name === 'usage' });
    if (allowed !== undefined && may !== undefined && may !== allowed)
      wrong(told, `${limit} allowed`, `${may} are allowed (${limit})`);
  }

  /** Whoever is refused by several limits hears of the narrowest, which is their own where it is one of them. */
  function judgeNarrowest(
    told: Told,
    {
      asked: { guild, member, at },
      key,
      limit,
      values,
    }: { asked: InteractionTruth; key: string; limit: LimitName; values: Readonly<Record<string, string>> },
  ): void {
    const late = tolerance.told(told.at);
    if (told.at - at >= late || utcDay(at - late) !== utcDay(told.at + late)) return;
    const narrower = LIMITS.slice(0, LIMITS.indexOf(limit)).find((each) => {
      const { used, since } = usedOf(each, { guild, member, at: told.at });
      const may = allowedTo(each, { guild, member, at, until: told.at, withRoles: true });
      const more = each.endsWith('Jobs') ? 1 : Number(values['asked']);
      return may !== undefined && since < at - late && used + more > may;
    });
    if (narrower !== undefined) wrong(told, key, `${narrower} would be passed, too, and is narrower`);
  }

  /** What is said to be allowed where somebody is refused by a limit is what they are; and that nothing is, where that is 0. */
  function judgeRefused(told: Told, asked: InteractionTruth): void {
    const { guild, member, at } = asked;
    const allowed = (limit: LimitName) => allowedTo(limit, { guild, member, at, until: told.at, withRoles: true });
    for (const { key, values } of sentencesIn(told.text)) {
      const [, kind, name = ''] = /^(limit|barred)\.(\w+)$/.exec(key) ?? [];
      const may = kind === 'limit' ? allowed(name as LimitName) : undefined;
      if (may !== undefined && may !== Number(values['allowed'])) wrong(told, key, `${may} are allowed`);
      if (kind === 'limit') judgeNarrowest(told, { asked, key, limit: name as LimitName, values });
      const own = kind === 'barred' ? LIMITS.filter((limit) => limit.startsWith(name)).map(allowed) : [];
      if (own.length > 0 && !own.includes(0) && !own.includes(undefined)) wrong(told, key, 'no limit of theirs is 0');
    }
  }

  /** What other servers use is told only where it leaves this one less than its own limits do. */
  function judgeTotal(told: Told, shown: readonly Shown[]): void {
    const leftOf = (limit: LimitName) => {
      const found = shown.find((each) => each.limit === limit);
      return found?.allowed === undefined ? undefined : found.allowed - found.used;
    };
    const [total, own] = [leftOf('totalMonthlyImages'), leftOf('guildMonthlyImages')];
    if (total !== undefined && own !== undefined && total >= own)
      wrong(told, 'total', 'what all servers use is nobody’s business there');
  }

  /** Whoever sets a limit reads which, and what it is from now on. */
  function judgeSet(told: Told, { options }: InteractionTruth): void {
    const [, name, is] = /^\*\*(.+)\*\*: was \*\*.+\*\*, is \*\*(.+?)\*\*/.exec(told.text) ?? [];
    const { subcommand, limit, value, images = en.limits.none } = options;
    const label = Object.entries(en.command.limits).find(([key]) => key === limit)?.[1];
    if (subcommand === 'set' && name !== undefined && (name !== label || is !== String(value)))
      wrong(told, 'set', `${String(limit)} was to be ${String(value)}`);
    const after = /for each member with .*: was \*\*.+\*\*, is \*\*(.+?)\*\*/.exec(told.text)?.[1];
    if (subcommand === 'role' && after !== undefined && after !== String(images))
      wrong(told, 'role', `${String(images)} was to be the number of that role`);
  }

  function judgeResets(told: Told): void {
    const { at, text } = told;
    const late = tolerance.told(at);
    for (const [pattern, next] of RESETS) {
      const said = pattern.exec(text)?.[1];
      if (said === undefined) continue;
      const moments = [next(at - late), next(at), next(at + late)].map((moment) => String(Math.floor(moment / 1000)));
      if (!moments.includes(said)) wrong(told, 'resets', `that is not when it resets (${moments[1] ?? ''})`);
    }
  }

  return (told: Told): void => {
    const asked = truth.interactions.get(told.interaction ?? '');
    if (told.text.includes('<t:')) judgeResets(told);
    if (asked === undefined) return;
    if (asked.name !== 'usage' && asked.name !== 'limits') judgeRefused(told, asked);
    if (asked.name === 'limits') judgeSet(told, asked);
    const isUsage = asked.name === 'usage' && told.text.startsWith(en.usage.title);
    const isLimits = asked.name === 'limits' && told.text.startsWith(en.limits.title);
    const shown = isUsage ? onUsagePage(told.text) : isLimits ? onLimitsPage(told.text) : [];
    for (const each of shown) judgeShown(told, asked, each);
    if (isUsage && !told.text.includes(en.usage.all.only)) judgeTotal(told, shown);
  };
}
