/** What people are told of a job outside its gallery: its progress, its end, what is missing. */
import type { Clock } from '../clock.ts';
import { translate } from '../../languages/languages.ts';
import { cutLines, showLink } from '../messages/gallery.ts';
import { idsOf, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { Polling } from '../polling/polling.ts';
import { createProgress, type ShownOfJob } from './progress.ts';
import { replyMessage, type ReplyFacts } from '../messages/status-embed.ts';
import type { Reply } from '../discord/reply.ts';

export interface StatusMessage {
  /** The id of a job's reply, where an edit has told it and the record lacks it. */
  messageId(jobId: string): string | undefined;
  /** Shows where a job stands, in its own time. */
  progress(job: Job): void;
  /** Tells how a job without a gallery ended. @throws ReplyTrouble where Discord takes nothing now. */
  conclude(job: Job): Promise<void>;
  /** Says under a gallery that these pictures (numbered from 1) could not be had, with links. Never throws. */
  missing(job: Job, pictures: number[]): Promise<void>;
  /** Sends no more progress of a job; resolves once none is under way and the reply may be edited again. */
  end(jobId: string): Promise<void>;
  /** Lets what is to be shown go out, then leaves the job to another process; gives what that one must know. */
  leave(jobId: string, confirm: () => Promise<boolean>): Promise<ShownOfJob | undefined>;
  /** Takes up where another process left a job. */
  recall(jobId: string, shown: ShownOfJob): void;
  /** Sends no more progress of any job; resolves once none is under way. */
  stop(): Promise<void>;
}

/**
 * @param pricePerImageUsd - what the host says a picture costs, in US dollars.
 * @param shared - whether other processes tell of the same jobs: then progress goes out by `leave` alone.
 */
export function createStatusMessage({
  reply,
  polling,
  pricePerImageUsd,
  clock,
  log,
  shared = false,
}: {
  reply: Reply;
  polling: Pick<Polling, 'expectation'>;
  pricePerImageUsd: number;
  clock: Clock;
  log: Log;
  shared?: boolean;
}): StatusMessage {
  const progress = createProgress({ reply, clock, log, shared });

  function facts(job: Job): ReplyFacts {
    return {
      position: job.state.name === 'in_queue' ? job.state.position : undefined,
      waiting: job.state.name === 'reserved',
      ...polling.expectation(job),
      costUsd: job.count * pricePerImageUsd,
    };
  }

  function links(job: Job, pictures: number[]): string {
    if (job.state.name !== 'completed') return '';
    const { images } = job.state;
    return pictures.map((number) => showLink(String(number), images[number - 1] ?? '')).join(' ');
  }

  return {
    progress(job) {
      progress.show(job, replyMessage(job, facts(job)));
    },

    async conclude(job) {
      await progress.end(job.id);
      const message = replyMessage(job, facts(job));
      const t = translate(job.private ? job.locale : job.guildLocale);
      const all = job.state.name === 'completed' ? job.state.images.map((_, index) => index + 1) : [];
      const content =
        all.length === 0 ? '' : cutLines([t('gallery.lost', { count: all.length, links: links(job, all) })]);
      // A kill here can at worst say it twice.
      await reply.post(job, 1, { ...message, content }, { left: undefined, leave: () => Promise.resolve() });
    },

    async missing(job, pictures) {
      const t = translate(job.private ? job.locale : job.guildLocale);
      try {
        await reply.annotate(
          job,
          cutLines([t('gallery.lost', { count: pictures.length, links: links(job, pictures) })]),
        );
      } catch (error) {
        log.warn({ ...idsOf(job), err: error }, 'what is missing could not be told');
      }
    },

    messageId: (jobId) => reply.messageId(jobId),
    end: (jobId) => progress.end(jobId),
    leave: (jobId, confirm) => progress.leave(jobId, confirm),
    recall: (jobId, shown) => {
      progress.recall(jobId, shown);
    },
    stop: () => progress.stop(),
  };
}
