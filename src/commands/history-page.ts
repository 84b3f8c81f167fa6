/** A page of a member's own jobs, and the buttons under it. Pure. */
import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
} from 'discord.js';
import { showCost, showDelivered } from '../languages/formats.ts';
import type { Translate } from '../languages/languages.ts';
import { altText, showLink, showMoment, showText } from '../services/messages/display.ts';
import {
  COLOURS,
  ending,
  showReferences,
  shownModel,
  sizeName,
  type KnownModels,
  type ReplyMessage,
} from '../services/messages/messages.ts';
import { countedImages, isDeliverable, isForgettable, messagesOf, modelOf, type Job } from '../services/job/job.ts';
import type { Models } from '../services/models/models.ts';

/** A button of each kind for each entry fits one row. */
export const ENTRIES_PER_PAGE = 5;

/** The most characters of a prompt and of its job's end; five entries stay within an embed's 6000, a field's 1024 and its name's 256. */
const PROMPT_SHOWN = 200;
const ENDING_SHOWN = 550;

/** The most characters of a model's name, and of a size. */
const MODEL_SHOWN = 60;
const SIZE_SHOWN = 40;

/** What is known of the models that jobs were made with. */
export type HistoryModels = KnownModels & Pick<Models, 'priceOf'>;

/** A reservation, and its job where its record is still there. */
export interface HistoryEntry {
  jobId: string;
  at: number;
  job: Job | undefined;
}

/** Where a job stands, in a few words. */
function standing(job: Job, t: Translate): string {
  switch (job.state.name) {
    case 'reserved':
    case 'submitting':
      return `⏳ ${t('state.submitting')}`;
    case 'in_queue':
      return `⏳ ${t('state.in_queue')}`;
    case 'in_progress':
      return `🎨 ${t('state.in_progress')}`;
    case 'completed':
      return job.state.givenUp ? `📦 ${t('history.undelivered')}` : `⏳ ${t('state.completed')}`;
    case 'delivered':
      if (messagesOf(job).length === 0) return `🗑️ ${t('history.removed')}`;
      return isDeliverable(job) ? `📦 ${t('history.partly')}` : `✅ ${t('history.delivered')}`;
    case 'failed':
      return `❌ ${t('state.failed')}`;
    case 'cancelled':
      return `🚫 ${t('state.cancelled')}`;
    case 'unknown':
      return `❔ ${t('state.unknown')}`;
  }
}

/**
 * The address of the message that shows a job: its gallery, or its reply. A private reply has none that lasts; a gallery
 * that had to be sent as a direct message has one that its member alone can open.
 */
function messageLink(job: Job): string | undefined {
  const { state, guildId, channelId } = job;
  const [posted] = messagesOf(job);
  const link = (place: string, channel: string, message: string) =>
    `https://discord.com/channels/${place}/${channel}/${message}`;
  if (posted !== undefined && posted.channelId !== channelId) {
    // What was asked for again came to wherever the button was pressed, and is gone there with the client's next start.
    return job.reopenedAt === undefined ? link('@me', posted.channelId, posted.messageId) : undefined;
  }
  if (job.private || state.name === 'delivered' || isDeliverable(job)) {
    return posted === undefined || job.private ? undefined : link(guildId, channelId, posted.messageId);
  }
  const { messageId } = job.reply;
  return messageId === undefined ? undefined : link(guildId, channelId, messageId);
}

function field(
  { at, job }: HistoryEntry,
  number: number,
  { t, models }: { t: Translate; models: HistoryModels },
): APIEmbedField {
  if (job === undefined) return { name: `${number}. ${t('history.forgotten')}`, value: showMoment(at) };
  const isForgotten = isForgettable(job);
  const delivered = messagesOf(job).reduce((sum, { pictures }) => sum + pictures.length, 0);
  const link = messageLink(job);
  const { name: model } = shownModel(job, models);
  const cost = countedImages(job) * models.priceOf(modelOf(job));
  const facts = [
    standing(job, t),
    `<t:${Math.floor(at / 1000)}:f>`,
    showDelivered({ delivered, asked: job.count }, t),
    ...showReferences(job, t),
    ...(job.size === '' ? [] : [showText(sizeName(job.size, t), SIZE_SHOWN)]),
    ...(model === undefined ? [] : [showText(model, MODEL_SHOWN)]),
    ...(link === undefined ? [] : [showLink(t('history.message'), link)]),
  ];
  const end = isDeliverable(job)
    ? t('history.undeliveredHint')
    : isForgotten
      ? t('history.privateHint')
      : ending(job, t, showCost(cost, t));
  const lines = [facts.join(' · '), end === '' ? '' : end.slice(0, ENDING_SHOWN)];
  // Discord renders no markdown in a field's name.
  return {
    name: `${number}. ${altText(job.prompt, PROMPT_SHOWN)}`,
    value: lines.filter((line) => line !== '').join('\n'),
  };
}

type Row = NonNullable<ReplyMessage['components']>[number];

function button(
  customId: string,
  label: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

function rows(
  entries: HistoryEntry[],
  { t, newer, older, from }: { t: Translate; newer: boolean; older: boolean; from: number },
): Row[] {
  const again: APIButtonComponentWithCustomId[] = [];
  const deliver: APIButtonComponentWithCustomId[] = [];
  for (const [index, { jobId, job }] of entries.entries()) {
    if (job === undefined) continue;
    const number = from + index;
    // It asks first: nothing on this page costs money by one press.
    again.push({ ...button(`askagain:${jobId}`, t('history.again', { number })), emoji: { name: '🔁' } });
    if (!isDeliverable(job) && !isForgettable(job)) continue;
    const label = t('history.deliver', { number });
    deliver.push({ ...button(`deliver:${jobId}`, label, ButtonStyle.Primary), emoji: { name: '📦' } });
  }
  const [first, last] = [entries.at(0), entries.at(-1)];
  const pages = [
    ...(newer && first !== undefined ? [button(`newer:${first.jobId}`, `‹ ${t('history.newer')}`)] : []),
    ...(older && last !== undefined ? [button(`older:${last.jobId}`, `${t('history.older')} ›`)] : []),
  ];
  return [deliver, again, pages].flatMap((components) =>
    components.length === 0 ? [] : [{ type: ComponentType.ActionRow as const, components }],
  );
}

/**
 * The page with these entries.
 *
 * @param shown.from - the number of the first: the newest of all is 1.
 * @param shown.newer - whether there are newer ones than these; `older` likewise.
 * @param shown.days - how long finished jobs are kept.
 */
export function historyPage(
  entries: HistoryEntry[],
  shown: { t: Translate; from: number; newer: boolean; older: boolean; days: number; models: HistoryModels },
): ReplyMessage {
  const { t, days, from } = shown;
  const embed: APIEmbed = {
    color: COLOURS.blurple,
    title: t('history.title'),
    ...(entries.length === 0 && { description: t('history.empty') }),
    fields: entries.map((entry, index) => field(entry, from + index, shown)),
    footer: { text: t('history.kept', { count: days }) },
  };
  return { embeds: [embed], components: rows(entries, shown) };
}
