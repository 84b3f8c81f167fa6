/** What people are told at the end of a job beside its gallery: how it ended without one, and which pictures are missing. */
import { translate } from '../../languages/languages.ts';
import { ReplyRefused, type Reply } from '../discord/reply.ts';
import { idsOf, isCompleted, type CompletedJob, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import { writeLines, ending, type Line, type ReplyMessage } from '../messages/messages.ts';
import { nextMessageNumber } from './gallery-state.ts';
import type { Status } from './status.ts';

/** Why pictures are missing: they could not be fetched, or Discord did not take them. */
type MissingBecause = 'unfetched' | 'unposted';

export interface LastWord {
  /**
   * Tells how a job without a gallery ended; in fewer words where Discord refuses the full ones.
   *
   * @throws ReplyTrouble where Discord takes nothing now.
   */
  tellEnd(job: Job): Promise<void>;
  /** Says which pictures (numbered from 1) are missing, with links: above the gallery, or beside it. Never throws. */
  tellMissing(job: CompletedJob, pictures: number[], because: MissingBecause): Promise<void>;
  /** Leaves nothing false in the reply of a job whose gallery stands elsewhere. Never throws. */
  tellMoved(job: CompletedJob): Promise<void>;
}

export function createLastWord({
  reply,
  status,
  log,
}: {
  reply: Pick<Reply, 'annotate' | 'edit' | 'messageId' | 'tell'>;
  status: Status;
  log: Log;
}): LastWord {
  /** The line about pictures that are missing, with a link to each. */
  function missingLine(job: CompletedJob, pictures: number[], because: MissingBecause): Line {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const key = because === 'unfetched' ? 'gallery.lost' : 'gallery.unposted';
    return {
      links: pictures.map((number) => ({ label: String(number), url: job.state.images[number - 1] ?? '' })),
      write: (links) => t(key, { count: pictures.length, links }),
    };
  }

  /** The forms in which a job's end is told, the fullest first. The last one quotes nobody. */
  function forms(job: Job): ReplyMessage[] {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const shown = status(job);
    const plain = { embeds: [], components: shown.components ?? [] };
    const short = { ...plain, content: shown.embeds[0]?.title ?? '' };
    if (!isCompleted(job) || job.state.images.length === 0) return [shown, short];
    const all = job.state.images.map((_, index) => index + 1);
    const lines = writeLines([missingLine(job, all, job.state.refused ? 'unposted' : 'unfetched')], t);
    const end = ending(job, t, '');
    return [
      { ...shown, ...lines },
      { ...plain, ...lines },
      { ...plain, content: end },
    ];
  }

  async function tellBeside(job: CompletedJob, message: ReplyMessage): Promise<void> {
    await reply.tell(job, nextMessageNumber(job), message);
  }

  return {
    async tellEnd(job) {
      let refused: unknown;
      for (const form of forms(job)) {
        try {
          await reply.tell(job, 1, form);
          return;
        } catch (error) {
          if (!(error instanceof ReplyRefused)) throw error;
          log.warn({ ...idsOf(job), err: error }, 'Discord refuses what was to be told');
          refused = error;
        }
      }
      throw refused;
    },

    async tellMissing(job, pictures, because) {
      const t = translate(job.private ? job.locale : job.guildLocale);
      const lines = writeLines([missingLine(job, pictures, because)], t);
      const [first] = job.state.posted;
      try {
        // A file cannot be added without naming those that the message has.
        const above = first !== undefined && lines.files.length === 0;
        if (above && (await reply.annotate(job, first, lines.content)) === 'edited') return;
        await tellBeside(job, { ...lines, embeds: [] });
      } catch (error) {
        log.warn({ ...idsOf(job), pictures, err: error }, 'which pictures are missing could not be told');
      }
    },

    async tellMoved(job) {
      const t = translate(job.private ? job.locale : job.guildLocale);
      try {
        await reply.edit(job, { content: t('gallery.moved'), embeds: [], components: [] });
      } catch (error) {
        log.warn({ ...idsOf(job), err: error }, 'a reply still shows that its pictures are on their way');
      }
    },
  };
}
