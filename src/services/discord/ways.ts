/** The ways to a job's messages, and which of them a message is tried on next. Pure. */
import type { Job } from '../job/job.ts';

/** The largest file a message may carry by the channel route, in bytes (Discord's default upload limit, 10 MiB). */
export const CHANNEL_FILE_LIMIT = 10 * 1024 * 1024;

/** How a message is brought about. Each kind is one call. */
export type Way =
  /** The reply where it stands: done twice, it makes nothing twice. */
  | { kind: 'edit' }
  /** A new message in the job's channel; its nonce gives back the one that is there, should it have been made already. */
  | { kind: 'create'; mayExist: boolean }
  /** A new message in the member's direct messages, likewise. */
  | { kind: 'direct'; mayExist: boolean }
  /**
   * A follow-up by the interaction's token, empty. It can carry no nonce, and a private one is in no history, so a kill
   * after it was made could make it twice: therefore it is made empty of pictures, its id is written, and it is filled by
   * an edit. What a kill can leave behind is one line of text, never a picture.
   */
  | { kind: 'open' }
  /** That follow-up, once its id is written. */
  | { kind: 'fill'; messageId: string };

export type WayKind = Way['kind'];

/** What decides which ways there are. */
export interface Reach {
  /** Whether the interaction's token still works. */
  tokenAlive: boolean;
  /** Whether the reply's message id is known. */
  replyKnown: boolean;
  /** Kinds of ways that have turned out to be closed. */
  closed: ReadonlySet<WayKind>;
}

/** What was written of the making of this message by an earlier try. */
function left({ gallery: { posting } }: Job, number: number): Job['gallery']['posting'] {
  return posting?.number === number ? posting : undefined;
}

/**
 * The way that message `number` (from 1) of a job is tried on next; `undefined` where none is left. The channel goes before
 * a follow-up, as its nonce makes nothing twice; where a moderator has timed the bot out, or it may not write there, the
 * token still can.
 */
export function nextWay(job: Job, number: number, { tokenAlive, replyKnown, closed }: Reach): Way | undefined {
  const trace = left(job, number);
  // A reply whose id Discord did not tell may hold the pictures since its token could still edit it.
  const unseen = number === 1 && !job.private && !replyKnown;
  const mayExist = trace !== undefined || unseen || closed.size > 0;
  const ways: Way[] = [];
  if (number === 1 && (tokenAlive || (replyKnown && !job.private))) ways.push({ kind: 'edit' });
  const { messageId } = trace ?? {};
  const opened = messageId !== undefined && tokenAlive;
  if (opened) ways.push({ kind: 'fill', messageId });
  if (!job.private) ways.push({ kind: 'create', mayExist });
  if (!opened && tokenAlive) ways.push({ kind: 'open' });
  ways.push({ kind: 'direct', mayExist });
  return ways.find(({ kind }) => !closed.has(kind));
}

/** The largest file that a way takes, in bytes. */
export function fileLimit(job: Job, way: Way, tokenAlive: boolean): number {
  const byToken = way.kind === 'open' || way.kind === 'fill' || (way.kind === 'edit' && tokenAlive);
  return byToken ? job.reply.attachmentSizeLimit : Math.min(CHANNEL_FILE_LIMIT, job.reply.attachmentSizeLimit);
}
