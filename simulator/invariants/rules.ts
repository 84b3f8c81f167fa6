/** What must be true of a sentence when it is shown, by its key. */
import type { MessageTruth, Told, Truth } from '../world/truth.ts';
import type { Tolerance } from './clocks.ts';
import { requestsIn, wasLookedAt, type KnownJob } from './jobs.ts';
import { refusedBy } from './reasons/limits.ts';
import type { LimitsJudge } from './limits.ts';
import { isBilled } from './money.ts';
import type { Sentence } from './sentences.ts';

/** What a sentence is about. */
export interface Subject {
  told: Told;
  /** The job that its interaction began, or whose button was pressed; where nothing was submitted for it, it is not known. */
  job: KnownJob | undefined;
  /** The message that it stands in is of this interaction. */
  interaction: string;
  truth: Truth;
  tolerance: Tolerance;
  usedOf: LimitsJudge['usedOf'];
}

/** @returns what is wrong with the sentence; `undefined` where nothing is. */
export type Rule = (subject: Subject, values: Sentence['values']) => string | undefined;

export const billed = (job: KnownJob | undefined) => job?.requests.filter(isBilled) ?? [];

export const nothingCharged: Rule = ({ job }) => {
  const requests = billed(job);
  return requests.length === 0
    ? undefined
    : `RunComfy bills ${requests.map(({ id, state }) => `${id} (${state})`).join(', ')}`;
};

const nobodyMakes: Rule = ({ job }) => {
  const request = job?.requests.find(({ state }) => state === 'succeeded' || state === 'in_progress');
  return request === undefined ? undefined : `request ${request.id} is ${request.state}`;
};

/** @param counts - which messages that still stand are not removed. */
const removed =
  (counts: (message: MessageTruth) => boolean): Rule =>
  ({ job, truth }) => {
    if (job === undefined) return undefined;
    const names = job.requests.flatMap(({ pictures }) => pictures);
    const standing = [...truth.messages.values()].filter(
      (message) =>
        message.deletedAt === undefined &&
        message.pictures.some(({ picture }) => names.some((url) => url.includes(picture))) &&
        counts(message),
    );
    return standing.length === 0
      ? undefined
      : `its pictures still stand in message ${standing.map(({ id }) => id).join(', ')}`;
  };

/**
 * All that the bot can know of: what one person alone sees may hold pictures that came once more by direct message or were asked for
 * again, as nobody heard of that.
 */
const removedAll: Rule = (subject, values) => {
  const { truth } = subject;
  const isDirect = ({ guild, onlyFor }: MessageTruth) => guild === undefined && onlyFor !== undefined;
  const brought = new Set(
    [...truth.messages.values()].filter(isDirect).flatMap(({ pictures }) => pictures.map(({ picture }) => picture)),
  );
  const heard = new Set(truth.told.flatMap((told) => (told.heard && told.pictures.length > 0 ? told.messageId : [])));
  const isKnown = (message: MessageTruth) =>
    inReach(message) || (heard.has(message.id) && message.pictures.every(({ picture }) => !brought.has(picture)));
  return removed(isKnown)(subject, values);
};

/** What one person alone sees in a server is out of the bot's reach; direct messages are not. */
const inReach = ({ guild, onlyFor }: MessageTruth) => onlyFor === undefined || guild === undefined;

/** Of requests whose submit nobody answered, whose id went with a kill, or that RunComfy has forgotten it is said beside this that they are unclear. */
const begun: Rule = ({ truth, job }) => {
  const { requests = [] } = job ?? {};
  const answered = requests.filter((each) => each.forgottenAt === undefined && wasLookedAt(truth, each));
  const known = answered.length > 0 ? answered : requests;
  if (requests.length > 0 && requests.every(({ state }) => state === 'cancelled')) return 'all of it is cancelled';
  return known.some(({ state }) => state === 'in_queue') ? 'its request is still in the queue' : undefined;
};

/** What is said to be made of what was asked, over the requests that succeeded. */
const made: Rule = ({ job }, { made: said, asked }) => {
  const succeeded = job?.requests.filter(({ state }) => state === 'succeeded') ?? [];
  // The bot may not know of all of them.
  if (succeeded.length === 0 || succeeded.some(({ heardAt }) => heardAt === undefined)) return undefined;
  const there = succeeded.reduce((sum, { pictures }) => sum + pictures.length, 0);
  const wantedOf = (requests: typeof succeeded) => requests.reduce((sum, request) => sum + request.asked, 0);
  // One that made nothing at all may be told beside this, as unclear.
  const wanted = [wantedOf(succeeded), wantedOf(succeeded.filter(({ pictures }) => pictures.length > 0))];
  return there === Number(said) && wanted.includes(Number(asked))
    ? undefined
    : `RunComfy made ${there} of ${wanted.join(' or ')}`;
};

/** Pictures of a job that RunComfy does not bill: of requests that failed, were cancelled, or were never taken. */
function freeOf(job: KnownJob): number {
  return job.count - billed(job).reduce((sum, { asked }) => sum + asked, 0);
}

/** So many pictures will not come, and cost nothing. */
const free: Rule = ({ job }, { count }) => {
  if (job === undefined || Number(count) <= freeOf(job)) return undefined;
  return `RunComfy bills all but ${freeOf(job)} of ${job.count}`;
};

const afterDeadline: Rule = ({ told, job, tolerance }) =>
  job === undefined || told.at + tolerance.clocks(told.at) >= job.deadline
    ? undefined
    : `its deadline is ${Math.round((job.deadline - told.at) / 1000)} s away`;

/** Pictures are fetched again and again until a job's deadline, whatever their host says; not those that were asked for again. */
const lost: Rule = ({ told, job, interaction, tolerance }) => {
  if (job === undefined || interaction !== job.id) return undefined;
  const left = job.deadline - told.at - tolerance.clocks(told.at);
  return left <= 0 ? undefined : `its deadline is ${Math.round(left / 1000)} s away`;
};

/** A job that was withdrawn at its deadline: nothing is billed, and RunComfy had begun none of it. */
const withdrawn: Rule = (subject, values) => {
  const begun = subject.job?.requests.find(({ state }) => state === 'in_progress' || state === 'succeeded');
  if (begun !== undefined) return `request ${begun.id} is ${begun.state}`;
  return afterDeadline(subject, values) ?? nothingCharged(subject, values);
};

/** Who is said to have cancelled a job has pressed its Cancel. */
const cancelledBy =
  (also: Rule): Rule =>
  (subject, values) => {
    const { truth, interaction } = subject;
    const member = /^<@(\d+)>$/.exec(values['by'] ?? '')?.[1];
    const presses = [...truth.interactions.values()].filter(({ name }) => name === `cancel:${interaction}`);
    return presses.some((press) => press.member === member)
      ? also(subject, values)
      : `${values['by'] ?? ''} did not press Cancel`;
  };

/** What may have been paid is said with its price: of all pictures that may be billed, and of no more than were asked for. */
const costs: Rule = ({ job }, { cost = '' }) => {
  const price = job?.requests[0]?.price;
  const said = Number(cost.replaceAll(/[^\d.]/g, ''));
  if (job === undefined || price === undefined) return undefined;
  const pictures = Math.round(said / price);
  const least = billed(job).reduce((sum, { asked }) => sum + asked, 0);
  const isPrice = Math.abs(pictures * price - said) <= ROUNDED;
  return isPrice && pictures >= least && pictures <= job.count
    ? undefined
    : `${job.count} were asked for, ${least} are billed, at $${price} each`;
};

/** A span that is told is the one that the bot gives up a job after. */
const spans: Rule = ({ job }, { span = '' }) => {
  const [, number, unit] = /^([\d,.]+) (second|minute)s?$/.exec(span) ?? [];
  const said = Number(number?.replaceAll(',', '')) * (unit === 'minute' ? 60_000 : 1000);
  if (job === undefined) return undefined;
  const due = job.deadline - job.askedAt;
  return said === due ? undefined : `it is given up after ${due / 1000} s`;
};

/** Of a job's pictures, so many are cancelled by a press and so many stay: none of them that had failed or been cancelled before. */
const cancelledInPart: Rule = ({ told, job, interaction, truth, tolerance }, { cancelled, kept }) => {
  const record = [...truth.jobs().live, ...truth.jobs().finished].find(({ id }) => id === job?.id);
  const pressedAt = truth.interactions.get(interaction)?.at ?? told.at;
  if (job === undefined || record === undefined) return undefined;
  const gone = requestsIn(record).filter(
    ({ state, finishedAt = Infinity }) =>
      /^(failed|cancelled)$/.test(state.name) && finishedAt + tolerance.told(told.at) < pressedAt,
  );
  const most = job.count - gone.reduce((sum, { images }) => sum + images, 0);
  return Number(cancelled) + Number(kept) <= most ? undefined : `${most} of its pictures were neither made nor over`;
};

/** A price is shown in cents (US dollars). */
const ROUNDED = 0.005;

/** Both of two rules. */
const both =
  (one: Rule, other: Rule): Rule =>
  (subject, values) =>
    one(subject, values) ?? other(subject, values);

/** Keys and what must be true of them. Every sentence with "Nothing was charged" is held to that beside these. */
export const RULES = new Map<string, Rule>([
  ['cancelled.text', nothingCharged],
  ['cancelled.by', cancelledBy(nothingCharged)],
  ['cancelled.withdrawn', both(withdrawn, spans)],
  ['gallery.ends_withdrawn', spans],
  ['failure.not_taken', both(afterDeadline, spans)],
  ['failure.model', nobodyMakes],
  ['failure.refused', nobodyMakes],
  // In this world it never does.
  ['model.unmet', () => 'RunComfy has not'],
  ['failure.deadline', both(both(afterDeadline, costs), spans)],
  ['failure.no_pictures', costs],
  ['failure.unreadable', costs],
  ['unknown.text', costs],
  ['unknown.lost', costs],
  ['remove.done', removedAll],
  ['remove.private', removed(inReach)],
  ['cancel.late', begun],
  ['cancel.part', cancelledInPart],
  ['gallery.fewer', made],
  ['gallery.lost_one', lost],
  ['gallery.lost_other', lost],
  ['gallery.ends_failed', free],
  ['gallery.ends_cancelled', free],
  ['gallery.ends_cancelledBy', cancelledBy(free)],
  ['limit.userActiveJobs', refusedBy('userActiveJobs')],
  ['limit.guildActiveJobs', refusedBy('guildActiveJobs')],
  ['limit.userDailyImages', refusedBy('userDailyImages')],
  ['limit.guildDailyImages', refusedBy('guildDailyImages')],
  ['limit.guildMonthlyImages', refusedBy('guildMonthlyImages')],
  ['limit.totalMonthlyImages', refusedBy('totalMonthlyImages')],
]);
