/** What people are told at the end of a job beside its gallery: how it ended without one, and which pictures are missing. */
import { translate } from '../../languages/languages.ts';
import type { Reply } from '../discord/reply.ts';
import { idsOf, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import { showLink } from '../messages/display.ts';
import { cutLines } from '../messages/messages.ts';
import type { Status } from './status.ts';

export interface LastWord {
  /** Tells how a job without a gallery ended. @throws ReplyTrouble where Discord takes nothing now. */
  tellEnd(job: Job): Promise<void>;
  /** Says under a gallery that these pictures (numbered from 1) could not be had, with links. Never throws. */
  tellMissing(job: Job, pictures: number[]): Promise<void>;
}

export function createLastWord({
  reply,
  status,
  log,
}: {
  reply: Pick<Reply, 'edit' | 'tell'>;
  status: Status;
  log: Log;
}): LastWord {
  /** The sentence about pictures that could not be had, with a link to each. */
  function lost(job: Job, pictures: number[]): string {
    if (job.state.name !== 'completed' || pictures.length === 0) return '';
    const t = translate(job.private ? job.locale : job.guildLocale);
    const { images } = job.state;
    const links = pictures.map((number) => showLink(String(number), images[number - 1] ?? '')).join(' ');
    return cutLines([t('gallery.lost', { count: pictures.length, links })]);
  }

  return {
    async tellEnd(job) {
      const all = job.state.name === 'completed' ? job.state.images.map((_, index) => index + 1) : [];
      await reply.tell(job, { ...status(job), content: lost(job, all) });
    },

    async tellMissing(job, pictures) {
      try {
        await reply.edit(job, { content: lost(job, pictures) });
      } catch (error) {
        log.warn({ ...idsOf(job), err: error }, 'what is missing could not be told');
      }
    },
  };
}
