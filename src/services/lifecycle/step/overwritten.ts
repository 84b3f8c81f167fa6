/** What an edit that came late has made of a job's gallery: it is read from Discord, and put right. */
import { isDeepStrictEqual } from 'node:util';
import { picturesHeld, type Delivery, type LastWord } from '../../delivery/delivery.ts';
import { CHANNEL_FILE_LIMIT, type Reply, type ShownReply } from '../../discord/reply.ts';
import { idsOf, missingPictures, type Job, type PostedMessage } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import type { Journal } from './journal.ts';

export interface Overwritten {
  /** Shows a gallery that is whole once more, where its reply shows something else. @throws ReplyTrouble */
  restore(job: Job): Promise<void>;
  /** Writes down what the first message of a gallery holds that is to be added to; gives whether that was not known. @throws ReplyTrouble */
  reread(journal: Journal): Promise<boolean>;
}

/** Whether the reply still shows a job whose gallery begins in another message. @throws ReplyTrouble */
export async function isMoved(job: Job, reply: Pick<Reply, 'locate'>): Promise<boolean> {
  const [first] = job.gallery.posted;
  if (first === undefined) return false;
  const messageId = await reply.locate(job);
  return messageId !== undefined && first.messageId !== messageId;
}

export function createOverwritten({
  delivery,
  reply,
  lastWord,
  log,
}: {
  delivery: Delivery;
  reply: Pick<Reply, 'amend' | 'locate' | 'plan' | 'read'>;
  lastWord: Pick<LastWord, 'tellMissing' | 'tellMoved'>;
  log: Log;
}): Overwritten {
  /** Shows the first message once more, with the pictures that it holds and those that it has lost. */
  async function showAgain(job: Job, first: PostedMessage, shown: ShownReply): Promise<void> {
    const stands = standing(job, first, shown);
    const lost = first.pictures.filter((number) => !stands.pictures.includes(number));
    log.warn({ ...idsOf(job), lost }, 'a gallery was overwritten by an edit that came late; it is shown again');
    const gallery = await delivery.begin();
    try {
      const limit = reply.plan(job, first.number, new Set())?.fileLimit ?? CHANNEL_FILE_LIMIT;
      const others = job.gallery.posted.filter((message) => message !== first);
      const undone = { ...job, gallery: { ...job.gallery, posted: [stands, ...others] } };
      const { message, pictures } = await gallery.again(undone, { number: first.number, stands, waiting: lost }, limit);
      await reply.amend(job, first, message);
      const missing = [...missingPictures(job), ...lost.filter((number) => !pictures.includes(number))];
      if (missing.length === 0) return;
      await lastWord.tellMissing(
        job,
        missing.map((number) => ({ number, because: 'unposted' })),
      );
    } finally {
      gallery.end();
    }
  }

  return {
    async restore(job) {
      const [first] = job.gallery.posted;
      if (first === undefined) return;
      if (await isMoved(job, reply)) {
        await lastWord.tellMoved(job);
        return;
      }
      const shown = await reply.read(job);
      if (shown === undefined || shown === 'gone' || shown.messageId !== first.messageId) return;
      const { pictures: held } = standing(job, first, shown);
      const isWhole = first.pictures.every((number) => held.includes(number));
      if (!isWhole || !shown.ended) await showAgain(job, first, shown);
    },

    async reread(journal) {
      const { job } = journal;
      const [first] = job.gallery.posted;
      const shown = await reply.read(job);
      if (first === undefined || shown === undefined || shown === 'gone') return false;
      if (shown.messageId !== first.messageId) return false;
      const stands = standing(job, first, shown);
      await journal.record({ type: 'posted', message: stands });
      return !isDeepStrictEqual(stands.files, first.files);
    },
  };
}

/**
 * A message as it stands, with pictures of an edit that was taken and could not be written any more: where the ids of its
 * files cannot be told, it is to be filled anew.
 */
function standing(job: Job, first: PostedMessage, { files, attachments }: ShownReply): PostedMessage {
  const pictures = attachments === undefined ? [] : picturesHeld(job, files, []);
  return { ...first, pictures, files: attachments ?? [] };
}
