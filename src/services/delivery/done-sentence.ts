/** What a member who wished it is told of a job that is done. Pure. */
import { translate } from '../../languages/languages.ts';
import { messagesOf, picturesOf, type Job } from '../job/job.ts';
import { showText } from '../messages/messages.ts';

/** The most characters of a prompt. */
const PROMPT_SHOWN = 300;

/** That a job is done, and where its pictures are. Discord refuses some prompts: then they are left out. */
export function doneSentence(job: Job, { quoted }: { quoted: boolean }): string {
  const t = translate(job.locale);
  const [posted] = messagesOf(job);
  const message = posted ?? { channelId: job.channelId, messageId: job.reply.messageId };
  const { guildId, private: isPrivate } = job;
  // A private message has no address that lasts.
  const hasLink = message.messageId !== undefined && !isPrivate;
  const where = hasLink
    ? `https://discord.com/channels/${guildId}/${message.channelId}/${message.messageId}`
    : '/history';
  const prompt = quoted ? showText(job.prompt, PROMPT_SHOWN) : '…';
  return t(picturesOf(job).length === 0 ? 'tell.ended' : 'tell.done', { prompt, where });
}
