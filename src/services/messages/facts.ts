/** What stands beside a job's prompt: whose it is, where Discord does not say it, and one quiet line of facts. Pure. */
import { showDelivered, showDuration } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { Job } from '../job/job.ts';
import { QUALITY_DEFAULT } from '../models/seedream.ts';
import { altText } from './display.ts';
import type { ReplyMessage } from './message.ts';
import type { ShownModel } from './shown-model.ts';
import { showReferences } from './references.ts';
import { sizeName, sizePixels } from './size-name.ts';

/** The longest name of a model in the line (characters). */
const MODEL_MAX = 60;

/**
 * Whether Discord's client leaves open whose job a reply is: it names who used a command, and not who pressed a button or sent
 * a form.
 */
export function isUnnamed({ pressed, reopenedAt }: Pick<Job, 'pressed' | 'reopenedAt'>): boolean {
  return pressed === true || reopenedAt !== undefined;
}

/** The small line that says whose job a message is of. It pings nobody: whoever sends it forbids every mention. */
export function requesterLine(userId: string, more: readonly string[] = []): string {
  return `-# ${[`<@${userId}>`, ...more].join(' · ')}`;
}

/** Whose job a message is of by its first embed's text; `undefined` where that does not say it. No prompt can: its signs are escaped. */
export function requesterIn(description: string | null | undefined): string | undefined {
  return /^-# <@(\d+)>/m.exec(description ?? '')?.[1];
}

/** A message whose first embed says whose job it is. */
export function withRequester(message: ReplyMessage, userId: string): ReplyMessage {
  const [first, ...others] = message.embeds;
  if (first?.description === undefined || requesterIn(first.description) !== undefined) return message;
  const [prompt = '', ...lines] = first.description.split('\n');
  const description = [prompt, requesterLine(userId), ...lines].join('\n');
  return { ...message, embeds: [{ ...first, description }, ...others] };
}

/** `4 of 4 · Landscape 16:9 · 2560×1440 · seed 7 · 15 s`: plain text for a footer. */
export function factsLine(
  job: Job,
  { model, delivered, took }: { model: ShownModel; delivered?: number; took?: number | undefined },
  t: Translate,
): string {
  const { size, count, quality, seed } = job;
  const pixels = sizePixels(size);
  const facts = [
    delivered === undefined ? t('usage.pictures', { count }) : showDelivered({ delivered, asked: count }, t),
    ...showReferences(job, t),
    ...(size === '' ? [] : [sizeName(size, t)]),
    ...(pixels === undefined ? [] : [pixels]),
    ...(model.seed ? [t('facts.seed', { seed })] : []),
    ...(model.quality && quality !== QUALITY_DEFAULT ? [t(`quality.${quality}`)] : []),
    ...(took === undefined ? [] : [showDuration(took, t)]),
    ...(model.name === undefined ? [] : [altText(model.name, MODEL_MAX)]),
  ];
  return facts.join(' · ');
}
