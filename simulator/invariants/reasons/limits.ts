/** What must be true of a refusal by a limit. */
import { utcDay, type LimitName } from '../../../src/services/ledger/limits.ts';
import type { Told, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { LimitsJudge } from '../limits.ts';
import type { Sentence } from '../sentences.ts';

/** What the refusal stands in, and what is known of it. */
interface Refused {
  told: Told;
  interaction: string;
  truth: Truth;
  tolerance: Tolerance;
  usedOf: LimitsJudge['usedOf'];
}

/** @returns what is wrong with it; `undefined` where nothing is. */
type Rule = (subject: Refused, values: Sentence['values']) => string | undefined;

/** What is said to be used is what is counted, unless that has just changed. */
const counted =
  (limit: LimitName): Rule =>
  ({ told: { at }, interaction, truth, tolerance, usedOf }, { used }) => {
    const who = truth.interactions.get(interaction);
    const late = tolerance.told(at);
    if (who === undefined || utcDay(at - late) !== utcDay(at + late)) return undefined;
    const known = usedOf(limit, { guild: who.guild, member: who.member, at });
    const isNew = at - known.since < late;
    return isNew || known.used === Number(used) ? undefined : `${known.used} are counted`;
  };

/** A day, or a month, of UTC's is over at its midnight. */
const resets =
  (limit: LimitName): Rule =>
  ({ told: { at }, tolerance }, values) => {
    const [, seconds] = /<t:(\d+)/.exec(values['resets'] ?? '') ?? [];
    const late = tolerance.told(at);
    if (seconds === undefined || utcDay(at - late) !== utcDay(at + late)) return undefined;
    const now = new Date(at);
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
    const over = limit.includes('Monthly') ? Date.UTC(year, month + 1) : Date.UTC(year, month, now.getUTCDate() + 1);
    return Number(seconds) * 1000 === over ? undefined : `it is over ${new Date(over).toISOString()}`;
  };

/** The numbers of pictures that a refusal offers by buttons. */
export const numbersOffered = ({ buttons }: Told): number[] =>
  buttons.flatMap((id) => /^count(\d+):/.exec(id)?.[1] ?? []).map(Number);

/** Somebody is refused by a limit: what is used and allowed leaves no room, is what is counted, and no more is offered than there is room for. */
export const refusedBy =
  (limit: LimitName): Rule =>
  (subject, values) => {
    const { used, allowed, asked = '1' } = values;
    const room = Number(allowed) - Number(used);
    if (Number(asked) <= room) return 'that leaves room';
    const refused = numbersOffered(subject.told).find((number) => number > room);
    if (refused !== undefined) return `it offers ${refused} pictures, as if there was room`;
    return resets(limit)(subject, values) ?? counted(limit)(subject, values);
  };
