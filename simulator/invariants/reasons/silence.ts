/** That RunComfy does not answer is said once it has not for several looks, and not any longer when it does. */
import { en } from '../../../src/languages/en.ts';
import type { Plan } from '../../plan.ts';
import { AUTOMOD_WORD } from '../../world/discord/discord.ts';
import type { CallTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** Looks in a row that must fail before it is said: one or two are a hiccup. */
const FAILED_IN_A_ROW = 3;

/** So many looks in a row, for so long since it could be said first (milliseconds), are no hiccup: it has been said by then. */
const FAILED_FOR_LONG = 5;
const SILENT_AFTER = 5000;
const SAID_WITHIN = 10_000;

/** Nothing was wrong but with RunComfy for so long before; and so long a reply can be written by its interaction's token (milliseconds). */
const WELL_BEFORE = 60_000;
const WRITABLE_FOR = 14 * 60_000;

/** It is taken back by then, where nothing is wrong (milliseconds): an edit is due two seconds after the one before. */
const TAKEN_BACK_WITHIN = 15_000;

const [BEGIN = ''] = en.state.silent.split('{{');

const LOOKS = new Set(['status', 'result']);

export function judgeSilence({
  truth,
  plan: { processes },
  jobs,
  isCalm,
  isKept,
  isDiscordWell,
  isClosed,
  tolerance: { clocks },
  judge,
}: {
  truth: Truth;
  /** Of several processes one may go on from what was known before the last look. */
  plan: Pick<Plan, 'processes'>;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether nothing was wrong with the store, or with Discord, and the bot's processes. */
  isKept: IsCalm;
  isDiscordWell: IsCalm;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}): void {
  const silent = truth.told.filter(({ text }) => text.includes(BEGIN));
  const versions = Map.groupBy(truth.told, ({ messageId }) => messageId);
  const looks = Map.groupBy(
    truth.calls.filter(({ name }) => LOOKS.has(name)),
    ({ subject }) => subject,
  );

  /** The most looks at a request that have failed one after another before a moment. */
  function failedBefore(calls: readonly CallTruth[], until: number): number {
    let [row, most] = [0, 0];
    for (const { at, answeredAt, isUseful } of calls) {
      if (at > until) break;
      if (isUseful === true) row = 0;
      else if (isUseful === false || answeredAt === undefined) row += 1;
      most = Math.max(most, row);
    }
    return most;
  }

  /** Whether somebody pressed Cancel: what RunComfy answers to that is no look. */
  function isPressed({ id }: KnownJob): boolean {
    return [...truth.interactions.values()].some(({ name }) => name === `cancel:${id}`);
  }

  function broken({ messageId, text }: Told, why: string): void {
    judge.broken(
      'no sentence lies',
      `${messageId} silent`,
      `Message ${messageId} says "${text.replaceAll('\n', ' / ').slice(0, 200)}", ${why}.`,
    );
  }

  /** Since when each of its requests that are under way has told where it stands. */
  function answersAgain({ requests }: KnownJob, from: number): number {
    const next = requests.flatMap(({ id, endedAt = Infinity, forgottenAt }) => {
      // Of one that RunComfy knows no more the bot hears nothing else until it gives it up.
      if (forgottenAt !== undefined) return [Infinity];
      if (endedAt <= from) return [];
      const useful = looks.get(id)?.find(({ at, isUseful }) => at > from && isUseful === true);
      return [useful?.answeredAt ?? Infinity];
    });
    return next.length === 0 ? Infinity : Math.max(...next);
  }

  /** The looks at a request that failed one after another, in rows: when each was over (milliseconds since the epoch). */
  function rowsOf(calls: readonly CallTruth[]): number[][] {
    const rows: number[][] = [[]];
    for (const { name, answeredAt, overAt, isUseful } of calls) {
      if (name === 'status' && overAt !== undefined && (isUseful === false || answeredAt === undefined))
        rows.at(-1)?.push(overAt);
      else rows.push([]);
    }
    return rows;
  }

  const isWell: IsCalm = (from, until) => isKept(from, until) && isDiscordWell(from, until);

  /** Whoever waits for the pictures of one request, where all can see it, reads that RunComfy does not answer. */
  function judgeUnsaid(job: KnownJob): void {
    const [request] = job.requests;
    const { replyId = '' } = truth.interactions.get(job.id) ?? {};
    const message = truth.messages.get(replyId);
    const isSaid = silent.some(({ messageId }) => messageId === replyId);
    if (request === undefined || job.shares.length > 1 || isSaid || isPressed(job) || isClosed(replyId)) return;
    if (message === undefined || message.onlyFor !== undefined || message.deletedAt !== undefined) return;
    // Discord takes no message that shows such a prompt.
    if (JSON.stringify(request.body).includes(AUTOMOD_WORD)) return;
    for (const row of rowsOf(looks.get(request.id) ?? [])) {
      const [first = 0] = row;
      const last = row.at(-1) ?? 0;
      const since = row.find((at, index) => index + 1 >= FAILED_IN_A_ROW && at - first >= SILENT_AFTER) ?? Infinity;
      if (row.length < FAILED_FOR_LONG || last - since < SAID_WITHIN || last >= job.deadline) continue;
      if (clocks(last) > 0 || last - job.askedAt > WRITABLE_FOR || !isWell(first - WELL_BEFORE, last)) continue;
      judge.broken(
        'no one is left waiting',
        `${job.id} silent`,
        `${row.length} looks at request ${request.id} failed one after another from ${first} on, and nobody was told that RunComfy does not answer.`,
      );
    }
  }

  if (processes === 1) for (const job of jobs.byId.values()) judgeUnsaid(job);
  for (const told of silent) {
    const job = jobs.byId.get(told.interaction ?? '');
    if (job === undefined) continue;
    const most = Math.max(0, ...job.requests.map(({ id }) => failedBefore(looks.get(id) ?? [], told.at)));
    if (processes === 1 && most < FAILED_IN_A_ROW && !isPressed(job))
      broken(told, `and of its requests no more than ${most} looks in a row had failed`);
    const all = versions.get(told.messageId) ?? [];
    const message = truth.messages.get(told.messageId);
    const next = all[all.indexOf(told) + 1]?.at ?? message?.deletedAt ?? Infinity;
    const until = answersAgain(job, told.at) + TAKEN_BACK_WITHIN;
    if (until >= Math.min(next, job.deadline) || isClosed(told.messageId) || message?.onlyFor !== undefined) continue;
    if (isCalm(told.at, until)) broken(told, 'though RunComfy has answered again');
  }
}
