/** Whoever hosts the bot hears of what costs them, once: a balance that is low, a ceiling that is near. */
import { nextUtcMonth, type Limits } from '../../../src/services/ledger/limits.ts';
import { HOST, idOf } from '../../world/discord/discord.ts';
import type { Act } from '../../plan.ts';
import type { Told, Truth } from '../../world/truth.ts';
import { closedToDirectMessages, type IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';

/** What is to be said is there by then, where nothing is wrong (milliseconds). */
const SAID_WITHIN = 60_000;

/** The balance is read so often at least (milliseconds): every 15 minutes, unless another process has for 10. */
const READ_WITHIN = 26 * 60_000;

/** A notice is tried for so long, and Discord knows its nonce for longer (milliseconds). */
const TRIED_WITHIN = 60_000;

/** How long after midnight (UTC) a notice may be of the day before (milliseconds): it is told after a kill, too. */
const TOLD_LATE = 60 * 60_000;

/** What the host is told of the account where RunComfy has refused it for that. */
const ACCOUNT = [
  ['host.authentication', 'authentication'],
  ['host.empty', 'balance'],
] as const;

const DAY = 24 * 60 * 60_000;

const PERCENTS = [80, 100] as const;

const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);
const numberIn = (text = '') => Number(text.replaceAll(/[^\d.-]/g, ''));

/** A notice as the host was told it. */
interface Notice {
  told: Told;
  key: string;
  values: Readonly<Record<string, string>>;
}

/** @param balanceWarning - US dollars, below which the host wants to hear of the balance. */
export function judgeHostHears({
  truth,
  acts,
  limits: { totalMonthlyImages: ceiling },
  balanceWarning,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  limits: Pick<Limits, 'totalMonthlyImages'>;
  balanceWarning: number;
  isCalm: IsCalm;
  tolerance: Tolerance;
  judge: Judge;
}) {
  const host = idOf(HOST);
  const isClosed = closedToDirectMessages(acts).has(host);

  function notices(): Notice[] {
    return truth.told.flatMap((told): Notice[] => {
      if (told.onlyFor !== host || truth.messages.get(told.messageId)?.guild !== undefined) return [];
      const [first] = sentencesIn(told.text).filter(({ key }) => /^(host|ceiling)\./.test(key));
      return first === undefined ? [] : [{ told, key: first.key, values: first.values }];
    });
  }

  function unheard(subject: string, sentence: string): void {
    judge.broken('the host hears of it once', subject, sentence);
  }

  /** When the balance was below what the host wants to hear of: from when to when, and what it was meanwhile. */
  function lowSpells(): { from: number; until: number; balances: number[] }[] {
    const spells: { from: number; until: number; balances: number[] }[] = [];
    let open: (typeof spells)[number] | undefined;
    for (const { at, balance } of truth.balances()) {
      const isLow = balance < balanceWarning * 1e6;
      if (isLow && open === undefined) spells.push((open = { from: at, until: Infinity, balances: [] }));
      if (isLow) open?.balances.push(balance);
      else if (open !== undefined) {
        open.until = at;
        open = undefined;
      }
    }
    return spells;
  }

  function judgeBalance(all: readonly Notice[]): void {
    const own = all.filter(({ key }) => key === 'host.balance');
    const spells = lowSpells();
    for (const { told, values } of own) {
      const said = numberIn(values['balance']);
      const begun = spells.filter(({ from }) => from <= told.at);
      const isTrue = begun.some(({ balances }) => balances.some((each) => Math.abs(each / 1e6 - said) <= 0.0051));
      if (!isTrue || numberIn(values['threshold']) !== balanceWarning)
        unheard(told.messageId, `The host was told "${told.text}", and the balance has not been that.`);
    }
    for (const [index, { from, until }] of spells.entries()) {
      const by = from + READ_WITHIN + SAID_WITHIN;
      const isHeard = own.some(({ told }) => told.at >= from && told.at <= by);
      // What is above again for a while that nobody reads it has not been above, as far as the bot can know.
      const before = spells[index - 1] === undefined ? SAID_WITHIN : READ_WITHIN;
      const isSeen = from - (spells[index - 1]?.until ?? -Infinity) >= READ_WITHIN;
      if (isHeard || !isSeen || by > Math.min(until, truth.endedAt()) || !isCalm(from - before, by)) continue;
      unheard('balance', `The balance is below $${balanceWarning} from ${from} on, and the host was not told of it.`);
    }
  }

  /** Of a month that ends near to its ceiling the host hears with the job that brings it there. */
  function judgeCeiling(all: readonly Notice[]): void {
    if (ceiling === undefined || ceiling === 0) return;
    for (const { told, key, values } of all) {
      if (!key.startsWith('ceiling.')) continue;
      const isReached = numberIn(values['used']) * 100 >= ceiling * Number(key.slice('ceiling.at'.length));
      const late = tolerance.told(told.at);
      const frees = [told.at - late, told.at, told.at + late].map((at) => `<t:${nextUtcMonth(at) / 1000}:`);
      const isLater = frees.some((moment) => told.text.includes(moment));
      if (!isReached || numberIn(values['allowed']) !== ceiling || !isLater)
        unheard(told.messageId, `The host was told "${told.text}", and that is not so.`);
    }
    const settled = truth
      .reservations()
      .filter(({ state }) => state === 'settled')
      .toSorted((one, other) => one.at - other.at);
    const used = new Map<string, number>();
    for (const { at, images } of settled) {
      const month = monthOf(at);
      const before = used.get(month) ?? 0;
      used.set(month, before + images);
      for (const percent of PERCENTS) {
        const isCrossed = before * 100 < ceiling * percent && (before + images) * 100 >= ceiling * percent;
        const isHeard = all.some(({ key, values }) => key === `ceiling.at${percent}` && values['month'] === month);
        // What is not said while its month lasts is not said.
        const isOver = monthOf(at + SAID_WITHIN) !== month;
        if (!isCrossed || isHeard || isOver || !isCalm(at - SAID_WITHIN, at + SAID_WITHIN)) continue;
        unheard(`${month} ${percent}`, `${percent} % of the ceiling of ${month} were used, and the host was not told.`);
      }
    }
  }

  /** What a notice is about: it is told once of each. */
  function subjectOf({ told: { at, text }, key, values }: Notice): string {
    if (key === 'host.balance') return `${key} ${lowSpells().filter(({ from }) => from <= at).length}`;
    if (key.startsWith('ceiling.')) return `${key} ${values['month'] ?? ''}`;
    return `${text} ${Math.floor(at / DAY)}`;
  }

  function judgeOnce(all: readonly Notice[]): void {
    for (const [subject, [first, second]] of Map.groupBy(all, subjectOf)) {
      if (first === undefined || second === undefined) continue;
      // What was to be told before midnight may be told after it, beside what is new.
      if (first.told.at % DAY < TOLD_LATE) continue;
      // By clocks that were set the day may be over.
      const isByDay = !first.key.startsWith('ceiling.') && first.key !== 'host.balance';
      const late = tolerance.clocks(second.told.at);
      if (isByDay && Math.floor((first.told.at - late) / DAY) < Math.floor((second.told.at + late) / DAY)) continue;
      // What was not written as told is told again; but by its nonce Discord knows it for as long as it is tried.
      const isNew = first.told.text !== second.told.text || second.told.at - first.told.at > TRIED_WITHIN;
      if (isNew && !isCalm(first.told.at - SAID_WITHIN, first.told.at + SAID_WITHIN)) continue;
      unheard(subject, `The host was told twice: "${first.told.text}", and then "${second.told.text}".`);
    }
  }

  /** What is said of the account is what RunComfy has refused it for. */
  function judgeAccount(all: readonly Notice[]): void {
    for (const [notice, reason] of ACCOUNT)
      for (const { key, told } of all) {
        if (key !== notice || truth.calls.some(({ said, at }) => said === reason && at <= told.at)) continue;
        unheard(told.messageId, `The host was told "${told.text}", and RunComfy had not said so.`);
      }
  }

  return {
    atEnd() {
      const all = notices();
      judgeOnce(all);
      judgeAccount(all);
      if (!isClosed) {
        judgeBalance(all);
        judgeCeiling(all);
      }
    },
  };
}
