/** What people are told at the end of a job beside its gallery: how it ended without one, and which pictures are missing. */
import { translate, type Translate } from '../../languages/languages.ts';
import { ReplyRefused, ReplyTrouble, type Reply } from '../discord/reply.ts';
import { idsOf, picturesOf, pictureUrl, videosOf, type Job, type PostedMessage } from '../job/job.ts';
import type { Log } from '../log.ts';
import { writeLines, ending, type Line, type ReplyMessage } from '../messages/messages.ts';
import { nextMessageNumber } from './gallery-state.ts';
import { missingLines, mixedEndLines, resultLines, type Allows, type Missing } from './gallery-lines.ts';
import type { Status } from './status.ts';

export interface LastWord {
  /**
   * Tells how a job without a gallery ended; in fewer words where Discord refuses the full ones.
   *
   * @param cancelledBy - whose press cancelled it, where that is known.
   * @throws ReplyTrouble where Discord takes nothing now.
   */
  tellEnd(job: Job, cancelledBy?: string): Promise<void>;
  /**
   * Says which pictures are missing and why, with links, above the gallery or beside it; takes back what its messages said of
   * pictures that were awaited; and says how the job's requests ended where its first message could not be brought up to date.
   *
   * @param missing - empty where all have come.
   * @throws ReplyTrouble where a message could not be changed now; the others are.
   */
  tellMissing(job: Job, missing: readonly Missing[]): Promise<void>;
  /** Leaves nothing false in the reply of a job whose gallery stands elsewhere. @throws ReplyTrouble where it could not be done now. */
  tellMoved(job: Job): Promise<void>;
}

export function createLastWord({
  reply,
  status,
  allows,
  log,
}: {
  reply: Pick<Reply, 'annotate' | 'edit' | 'messageId' | 'tell'>;
  status: Status;
  /** Whether people may be given a link there. */
  allows: Allows;
  log: Log;
}): LastWord {
  /** A line with links to all that was made. */
  function allLine(job: Job): Line[] {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const pictures = picturesOf(job);
    const last = pictures.at(-1)?.number ?? 0;
    const links = [...pictures, ...videosOf(job).map((url, index) => ({ number: last + index + 1, url }))]
      .map(({ number, url }) => ({ label: String(number), url }))
      .filter(({ url }) => allows(url));
    if (links.length === 0) return missingLines(job, notFetched(job), { allows, now: Infinity });
    return [{ links, write: (written) => t('gallery.links', { links: written }) }];
  }

  /** The forms in which a job's end is told, the fullest first. The last one quotes nobody. */
  function forms(job: Job, cancelledBy: string | undefined): ReplyMessage[] {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const shown = status(job, { cancelledBy });
    const plain = { embeds: [], components: shown.components ?? [] };
    const short = { ...plain, content: shown.embeds[0]?.title ?? '' };
    if (job.state.name !== 'completed' || picturesOf(job).length === 0) {
      const ends = mixedEndLines(job);
      return [...(ends.length > 0 ? [{ ...shown, ...writeLines(ends, t) }] : []), shown, short];
    }
    const lines = writeLines(allLine(job), t);
    const end = ending(job, t, '');
    return [
      { ...shown, ...lines },
      { ...plain, ...lines },
      { ...plain, content: end },
    ];
  }

  /** Puts lines above a message of the gallery; where that cannot be and they say something that it does not, beside it. */
  async function tellAbove(job: Job, message: PostedMessage, missing: readonly Missing[]): Promise<void> {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const made = message.number === 1 ? resultLines(job, allows) : [];
    const lighter = originalsLine(job, message.lighter ?? [], t);
    const lines = writeLines([...made, ...lighter, ...missingLines(job, missing, { allows, now: Infinity })], t);
    // A file cannot be added without naming those that the message has.
    if (lines.files.length === 0 && (await reply.annotate(job, message, lines.content)) === 'edited') return;
    const isUntold = missing.length > 0 || (message.outdated === true && made.length > 0);
    if (isUntold) await reply.tell(job, nextMessageNumber(job), { ...lines, embeds: [] });
  }

  return {
    async tellEnd(job, cancelledBy) {
      let refused: unknown;
      for (const form of forms(job, cancelledBy)) {
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

    async tellMissing(job, missing) {
      let trouble: ReplyTrouble | undefined;
      for (const [index, message] of job.gallery.posted.entries()) {
        const lacking = index === 0 ? missing : [];
        if (lacking.length === 0 && !message.awaited && !message.outdated) continue;
        try {
          await tellAbove(job, message, lacking);
        } catch (error) {
          log.warn({ ...idsOf(job), missing, err: error }, 'which pictures are missing could not be told');
          if (error instanceof ReplyTrouble) trouble = error;
        }
      }
      if (trouble !== undefined) throw trouble;
    },

    async tellMoved(job) {
      const t = translate(job.private ? job.locale : job.guildLocale);
      try {
        await reply.edit(job, { content: t('gallery.moved'), embeds: [], components: [] });
      } catch (error) {
        log.warn({ ...idsOf(job), err: error }, 'a reply still shows that its pictures are on their way');
        if (error instanceof ReplyTrouble) throw error;
      }
    },
  };
}

/** Every picture, as one whose host may not be asked. */
function notFetched(job: Job): Missing[] {
  return picturesOf(job).map(({ number }) => ({ number, because: 'not_allowed' }));
}

/** The line about pictures of the first message that were made lighter, where there are some. */
function originalsLine(job: Job, numbers: readonly number[], t: Translate): Line[] {
  if (numbers.length === 0) return [];
  const links = numbers.map((number) => ({ label: String(number), url: pictureUrl(job, number) }));
  return [{ links, write: (written) => t('gallery.reencoded', { links: written }) }];
}
