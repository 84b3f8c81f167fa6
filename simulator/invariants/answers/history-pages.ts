/** `/history` shows a member their own jobs in this server, the newest first, and of each what became of it. */
import { en } from '../../../src/languages/en.ts';
import type { InteractionTruth, MessageTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { madeBy } from '../galleries/made.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import type { LimitsJudge } from '../limits.ts';
import { RULES } from '../rules.ts';
import { sentencesIn } from '../sentences.ts';

/** Jobs that a page shows. */
const PER_PAGE = 5;

/** What has just been posted is written down by then, and a page that was asked for before shows it or not (milliseconds). */
const WRITTEN_WITHIN = 60_000;

/** What is said of a job whose record is not kept any more: it has no button. */
const WITHOUT_BUTTON = en.history.forgotten;

/** By these a member is told that a gallery is removed, as far as the bot reaches it. */
const REMOVED = [en.remove.done, en.remove.private];

/** Where pictures can be had again, it says so, and has a button for it. */
const HINTS = [en.history.undeliveredHint, en.history.privateHint];

/** What is said of a job without pictures, by the name of its state in its record. */
const STANDINGS = new Map([
  ['failed', en.state.failed],
  ['cancelled', en.state.cancelled],
  ['unknown', en.state.unknown],
]);

const LINK = /https:\/\/discord\.com\/channels\/(@me|\d+)\/(\d+)\/(\d+)/;

/** One job on a page: its number, what is said of it, and which it is, where a button tells. */
interface Entry {
  number: number;
  text: string;
  jobId: string | undefined;
}

/** The jobs of a page, in order. */
function entriesOf({ text, buttons }: Told): Entry[] {
  const parts = text.split(/^(?=\d+\. )/m).slice(1);
  const ids = buttons.flatMap((id) => /^askagain:(\d+)$/.exec(id)?.[1] ?? []);
  return parts.map((part) => {
    const jobId = part.split('\n').some((line) => line.includes(WITHOUT_BUTTON)) ? undefined : ids.shift();
    return { number: Number.parseInt(part, 10), text: part, jobId };
  });
}

export function judgeHistoryPages({
  truth,
  jobs,
  usedOf,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  usedOf: LimitsJudge['usedOf'];
  isCalm: IsCalm;
  tolerance: Tolerance;
  judge: Judge;
}) {
  const seenPages = new Set<string>();
  /** When each gallery was said to be removed. */
  const removedAt = new Map<string, number>();

  function wrong(told: Told, subject: string, why: string): void {
    judge.broken(
      'a page is its reader’s',
      `${told.messageId} ${subject}`,
      `The page in message ${told.messageId} reads "${told.text.replaceAll('\n', ' / ').slice(0, 400)}", but ${why}.`,
    );
  }

  const isOf = (jobId: string, message: MessageTruth) =>
    message.interaction === jobId ||
    message.nonce?.startsWith(`${jobId}-`) === true ||
    message.pictures.some(({ picture }) => madeBy(jobs).get(picture)?.job.id === jobId) ||
    truth.interactions.get(message.interaction ?? '')?.name === `deliver:${jobId}`;

  /** Who had everything deleted that is kept of them: what is left of it is shown nowhere. */
  const hasErased = (reader: string) =>
    [...truth.interactions.values()].some(({ name, member }) => member === reader && name.startsWith('erasenow:'));

  /** A page has as many jobs as fit, in order: the first one the newest, a further one those that follow, by their numbers. */
  function judgePage(told: Told, reader: InteractionTruth, entries: readonly Entry[]): void {
    const { acknowledgedAt = told.at } = reader;
    const since = reader.at - tolerance.told(told.at);
    if (hasErased(reader.member) || !isCalm(since, told.at) || tolerance.clocks(told.at) > 0) return;
    const own = truth
      .reservations()
      .filter(({ guild, member }) => guild === reader.guild && member === reader.member)
      .toSorted((one, other) => other.at - one.at);
    if (own.some(({ at }) => at >= since && at <= Math.max(told.at, acknowledgedAt))) return;
    const before = seenPages.has(told.messageId) ? (entries[0]?.number ?? 1) - 1 : 0;
    const due = own.slice(before, before + PER_PAGE).map(({ jobId }) => jobId);
    const stranger = entries.find(({ jobId }, index) => jobId !== undefined && jobId !== due[index]);
    if (stranger !== undefined || entries.length !== due.length)
      wrong(told, 'page', `the jobs of its reader from number ${before + 1} on are ${due.join(', ') || 'none'}`);
    const lost = entries.findIndex(
      ({ text }, index) => text.includes(WITHOUT_BUTTON) && jobs.byId.has(due[index] ?? ''),
    );
    if (lost >= 0) wrong(told, 'forgotten', `the record of job ${due[lost] ?? ''} is to be kept`);
    const isThere = (button: string) => told.buttons.some((id) => id.startsWith(button));
    if (isThere('older:') !== own.length > before + PER_PAGE || isThere('newer:') !== before > 0)
      wrong(told, 'ways', `its reader has ${own.length} jobs, of which it shows those from number ${before + 1} on`);
  }

  /** What is said of how a job stands is what became of it, where that was known before the page was asked for. */
  function judgeStanding(told: Told, { at }: InteractionTruth, { text, jobId }: Entry): void {
    const record = truth.jobs().finished.find(({ id }) => id === jobId);
    const name = (record?.['state'] as { name: string } | undefined)?.name ?? '';
    const due = STANDINGS.get(name);
    if (due === undefined || Number(record?.['endedAt']) + tolerance.told(told.at) > at) return;
    // What it says of money is held to the same as in the job's own reply.
    for (const { key, values } of sentencesIn(text)) {
      const subject = { told, job: jobs.byId.get(jobId ?? ''), interaction: jobId ?? '', truth, tolerance, usedOf };
      const lie = /^(failure|unknown)\./.test(key) ? RULES.get(key)?.(subject, values) : undefined;
      if (lie !== undefined) wrong(told, `${jobId ?? ''} ${key}`, lie);
    }
    if (record?.['reopenedAt'] === undefined && !text.includes(`${due} · `))
      wrong(told, `${jobId ?? ''} standing`, `job ${jobId ?? ''} has ended as ${name}`);
  }

  /** What is said of one job. */
  function judgeEntry(told: Told, reader: InteractionTruth, { number, text, jobId }: Entry): void {
    if (jobId === undefined) return;
    const asked = truth.interactions.get(jobId);
    if (asked !== undefined && (asked.member !== reader.member || asked.guild !== reader.guild)) {
      wrong(told, jobId, `${number} is job ${jobId} of somebody else, or of another server`);
      return;
    }
    const messages = [...truth.messages.values()].filter((message) => isOf(jobId, message));
    const isRemoved = text.includes(en.history.removed);
    const isShown = !isRemoved && (text.includes(`✅ ${en.history.delivered}`) || text.includes(en.history.partly));
    const removed = removedAt.get(jobId) ?? Infinity;
    // Who had an older page before them may have had it brought once more since.
    const isBack = messages.some(({ createdAt, pictures }) => createdAt > removed && pictures.length > 0);
    if (isShown && removed < reader.at && !isBack) wrong(told, jobId, `job ${jobId} has been removed`);
    if (isRemoved && !removedAt.has(jobId) && !wasPressed(jobId)) wrong(told, jobId, `nobody removed job ${jobId}`);
    const [link, place, channel, id] = LINK.exec(text) ?? [];
    const target = messages.find((message) => message.id === id);
    if (link !== undefined && (target?.channel !== channel || (target?.guild ?? '@me') !== place))
      wrong(told, jobId, `${link} leads to no message of job ${jobId}`);
    judgeNumber(told, jobId, messages, text);
  }

  /** Who removed it may not have been told so. */
  const wasPressed = (jobId: string) => [...truth.interactions.values()].some(({ name }) => name === `remove:${jobId}`);

  /** So many pictures stand as the page says, where nobody took any away. */
  function judgeNumber(told: Told, jobId: string, messages: readonly MessageTruth[], text: string): void {
    const job = jobs.byId.get(jobId);
    const holding = messages.filter(({ pictures }) => pictures.length > 0);
    const [, said, asked] = /(?:^| · )(\d+)(?: of |, for )(\d+)/m.exec(text) ?? [];
    const isMoving = messages.some(({ deletedAt, editedAt, createdAt }) => {
      return deletedAt !== undefined || Math.max(editedAt ?? 0, createdAt) > told.at - WRITTEN_WITHIN;
    });
    if (job !== undefined && asked !== undefined && Number(asked) !== job.count)
      wrong(told, `${jobId} asked`, `${job.count} pictures of job ${jobId} were asked for`);
    if (job === undefined || said === undefined || isMoving || !isCalm(job.askedAt, told.at)) return;
    // What was brought again is counted once.
    const there = new Set(holding.flatMap(({ pictures }) => pictures.map(({ picture }) => picture))).size;
    if (Number(said) !== there) wrong(told, jobId, `${there} pictures of job ${jobId} are there`);
  }

  return (told: Told): void => {
    const reader = truth.interactions.get(told.interaction ?? '');
    if (reader === undefined) return;
    if (REMOVED.some((sentence) => told.text.includes(sentence))) {
      const jobId = reader.name.split(':')[1] ?? '';
      removedAt.set(jobId, Math.min(told.at, removedAt.get(jobId) ?? Infinity));
    }
    if (reader.name !== 'history' || !told.text.startsWith(en.history.title)) return;
    const entries = entriesOf(told);
    const first = entries[0]?.number ?? 1;
    if (entries.some(({ number }, index) => number !== first + index)) wrong(told, 'numbers', 'its numbers have gaps');
    judgePage(told, reader, entries);
    seenPages.add(told.messageId);
    for (const entry of entries) {
      judgeEntry(told, reader, entry);
      judgeStanding(told, reader, entry);
    }
    const hinted = entries.flatMap(({ text, jobId }) =>
      HINTS.some((hint) => text.includes(hint)) ? (jobId ?? []) : [],
    );
    const offered = told.buttons.flatMap((id) => /^deliver:(\d+)$/.exec(id)?.[1] ?? []);
    if (String(hinted) !== String(offered)) wrong(told, 'deliver', `it offers to deliver ${String(offered) || 'none'}`);
  };
}
