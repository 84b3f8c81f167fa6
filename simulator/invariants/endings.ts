/** When faults stop, every job ends, its last message says so, and nothing is left behind. */
import type { Fault } from '../plan.ts';
import type { Told, Truth } from '../world/truth.ts';
import type { IsCalm } from './calm.ts';
import type { Tolerance } from './clocks.ts';
import type { Jobs, KnownJob } from './jobs.ts';
import type { Judge } from './judge.ts';
import type { UnderWay } from './truthful.ts';

/** What may befall a request whose pictures cannot all be had as long as they are wanted. */
export const UNFETCHED = new Set(['short_lived', 'one_lost']);

/** How long after its requests' end, or its deadline, a message may say that a job is under way, while nothing is wrong (milliseconds). */
const SHOWN_AFTER_END = 60_000;

const firstLine = ({ text }: Told) => text.split('\n')[0] ?? '';

/** How long after its deadline a job's pictures are fetched at most, as docs/reliability.md has it (milliseconds). */
const FETCHED_AFTER = 15 * 60_000;

/** How long after it has passed a moment may still be named as the one that pictures are expected at (milliseconds). */
const NAMED_AFTER = 5000;

export function judgeEndings({
  truth,
  faults,
  jobs,
  underWay,
  moments,
  isCalm,
  tolerance,
  isClosed,
  isOvertaken,
  isBrief,
  judge,
}: {
  truth: Truth;
  faults: readonly Fault[];
  jobs: Jobs;
  /** What was shown that is true only while a job is under way. */
  underWay: readonly UnderWay[];
  /** What names a moment at which pictures are expected, with that moment (milliseconds since the epoch). */
  moments: readonly { told: Told; until: number }[];
  isCalm: IsCalm;
  tolerance: Tolerance;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  /** Whether what stands in a message came over what another process had shown. */
  isOvertaken: (messageId: string) => boolean;
  /** Whether the pictures of a job cannot all be had as long as they are wanted. */
  isBrief: (job: KnownJob) => boolean;
  judge: Judge;
}) {
  const fated = new Set(
    faults.flatMap((fault) => (fault.kind === 'request' && !UNFETCHED.has(fault.fate) ? [fault.marker] : [])),
  );

  /** When the requests of a job had all ended, where nothing odd was to befall them. */
  function endOf(jobId: string | undefined): number | undefined {
    const requests = jobs.byId.get(jobId ?? '')?.requests ?? [];
    const ends = requests.map(({ endedAt, marker }) => (fated.has(marker ?? '') ? undefined : endedAt));
    return ends.length === 0 || ends.includes(undefined) ? undefined : Math.max(...(ends as number[]));
  }

  /** Whether Discord refused a later call for a message, or the bot heard of no answer to it. */
  function isRefusedLater({ at, messageId }: Told): boolean {
    const { interaction = '' } = truth.messages.get(messageId) ?? {};
    const isReply = truth.interactions.get(interaction)?.replyId === messageId;
    return truth.failures.some(
      (failed) =>
        failed.at >= at &&
        (failed.route.endsWith(`/${messageId}`) || (isReply && failed.route.includes(`-${interaction}/messages/`))),
    );
  }

  /** Messages that go on saying that a job is under way. */
  function judgeStale(): void {
    const versions = Map.groupBy(truth.told, ({ messageId }) => messageId);
    for (const { told, byButton, fetching } of underWay) {
      const message = truth.messages.get(told.messageId);
      // A private reply can be reached for 15 minutes only: its job is finished by a direct message.
      if (message === undefined || message.onlyFor !== undefined || isClosed(message.id)) continue;
      const all = versions.get(told.messageId) ?? [];
      const next = all[all.indexOf(told) + 1]?.at ?? message.deletedAt;
      if (next === undefined) {
        if ((byButton && isRefusedLater(told)) || isOvertaken(message.id)) continue;
        judge.broken(
          'no sentence lies',
          message.id,
          `Message ${message.id} of job ${told.interaction ?? 'unknown'} says "${firstLine(told)}" for ever, and every job has ended.`,
        );
        continue;
      }
      const job = jobs.byId.get(told.interaction ?? '');
      const deadline = job?.deadline ?? Infinity;
      const isFetched = fetching && job !== undefined && isBrief(job);
      const over = isFetched ? deadline + FETCHED_AFTER : Math.min(endOf(told.interaction) ?? Infinity, deadline);
      const ended = Math.max(over, told.at);
      // Of a clock that was set back the job's deadline comes so much later.
      const late = next - ended - SHOWN_AFTER_END - tolerance.clocks(ended);
      if (late > 0 && isCalm(ended - SHOWN_AFTER_END, ended + SHOWN_AFTER_END))
        judge.broken(
          'no sentence lies',
          `${message.id} late`,
          `Message ${message.id} of job ${told.interaction ?? ''} said "${firstLine(told)}" for ${Math.round((next - ended) / 1000)} s after its requests had ended, or its deadline, though all was well.`,
        );
    }
  }

  /** Messages that name a moment as the expected one after it has passed. */
  function judgeMoments(): void {
    const versions = Map.groupBy(truth.told, ({ messageId }) => messageId);
    for (const { told, until } of moments) {
      const message = truth.messages.get(told.messageId);
      if (message === undefined || isClosed(message.id)) continue;
      const all = versions.get(told.messageId) ?? [];
      const next = all[all.indexOf(told) + 1]?.at ?? message.deletedAt ?? Infinity;
      // A clock that is behind names a moment before the jump that set it back.
      const held = NAMED_AFTER + tolerance.clocks(Math.max(until, told.at));
      if (next <= until + held || !isCalm(told.at - NAMED_AFTER, until + held)) continue;
      judge.broken(
        'no sentence lies',
        `${message.id} moment`,
        `Message ${message.id} of job ${told.interaction ?? ''} named a moment as expected that passed ${Math.round((next - until) / 1000)} s before it was taken back, though all was well.`,
      );
    }
  }

  return {
    atEnd() {
      for (const record of truth.jobs().live)
        judge.broken(
          'every job ends',
          record.id,
          `Job ${record.id} is still ${JSON.stringify(record['state'])}, though all has been well for long.`,
        );
      for (const { jobId, images, state } of truth.reservations())
        if (state === 'held')
          judge.broken(
            'every reservation ends',
            jobId,
            `${images} pictures of job ${jobId} are still reserved, though all has been well for long.`,
          );
      judgeStale();
      judgeMoments();
    },
  };
}
