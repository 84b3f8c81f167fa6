/** What stands in Discord is known of its job: else it could be neither removed nor found again. */
import type { JobRecord, MessageTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { madeBy } from './made.ts';

/** What was posted is written down by then, where nothing is wrong (milliseconds). */
const WRITTEN_WITHIN = 10_000;

interface Named {
  channelId: string;
  messageId: string;
}

/** The messages that a record names. */
function namedIn(record: JobRecord): Named[] {
  const { posted = [], earlier = [] } = (record['gallery'] ?? {}) as { posted?: Named[]; earlier?: Named[] };
  return [...posted, ...earlier];
}

export function judgeKnown({
  truth,
  jobs,
  isKept,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** Whether whatever a process heard between two moments could be written down. */
  isKept: IsCalm;
  judge: Judge;
}): void {
  const records = new Map(truth.jobs().finished.map((record) => [record.id, record]));
  const made = madeBy(jobs);
  const byMessage = Map.groupBy(truth.told, ({ messageId }) => messageId);
  const pressed = new Set([...truth.interactions.values()].map(({ name }) => name));

  /** What its member alone sees in a server is forgotten by Discord, and so once it was asked for again. */
  const mayBeForgotten = ({ guild, onlyFor }: MessageTruth, record: JobRecord) =>
    guild !== undefined && onlyFor !== undefined && record['reopenedAt'] !== undefined;

  for (const message of truth.messages.values()) {
    const job = made.get(message.pictures[0]?.picture ?? '')?.job;
    const record = records.get(job?.id ?? '');
    if (job === undefined || record === undefined || message.deletedAt !== undefined) continue;
    if (pressed.has(`remove:${job.id}`) || mayBeForgotten(message, record)) continue;
    const versions = byMessage.get(message.id) ?? [];
    // An edit that was heard of tells nothing of pictures which an earlier one has brought unheard.
    const isHeard = ({ heard, pictures, at }: Told, index: number) =>
      heard === true &&
      pictures.some((picture) => versions[index - 1]?.pictures.includes(picture) !== true) &&
      isKept(at, at + WRITTEN_WITHIN);
    if (!versions.some(isHeard)) continue;
    if (namedIn(record).some(({ messageId, channelId }) => messageId === message.id && channelId === message.channel))
      continue;
    judge.broken(
      'what is shown is known',
      message.id,
      `Message ${message.id} holds pictures of job ${job.id}, and its record names no message there.`,
    );
  }
}
