/** A job's reply while there is no gallery: one embed that says how far the job is, and its buttons. Pure. */
import type { APIEmbed } from 'discord.js';
import { showCost } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { showMoment, showSize, showText } from './display.ts';
import { isCancellable, type Job } from '../job/job.ts';
import { cancelButton, retryButtons } from './buttons.ts';
import { COLOURS } from './colours.ts';
import type { ReplyMessage } from './message.ts';
import type { ShownModel } from './shown-model.ts';

/** Cells of the progress bar. */
const BAR_CELLS = 10;

/** What the reply shows beside the job's record. */
interface ReplyFacts {
  /** Whether the bot has lost its record. */
  lost: boolean;
  /** Position in RunComfy's queue as last seen. */
  position: number | undefined;
  /** Whether RunComfy has not taken the request so far. */
  waiting: boolean;
  /** Whether RunComfy has given no useful answer about it for a while. */
  silent: boolean;
  /** When the pictures are expected (milliseconds since the epoch). */
  expectedAt: number | undefined;
  /** How much of the generation is likely done, from 0 to 1. */
  fraction: number | undefined;
  /** The price of the whole job in US dollars. */
  costUsd: number;
  model: ShownModel;
}

/** The progress bar of a generation: full cells for what is likely done. It is never full before the pictures are there. */
function progressBar(fraction: number): string {
  const full = Math.min(BAR_CELLS - 1, Math.max(0, Math.floor(fraction * BAR_CELLS)));
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

/** The sentence that says why a job ended without a gallery; empty otherwise. */
export function ending(job: Job, t: Translate, cost: string): string {
  const { state } = job;
  switch (state.name) {
    case 'cancelled':
      return t('cancelled.text');
    case 'unknown':
      return state.requestId === undefined ? t('unknown.text', { cost }) : t('unknown.lost', { cost });
    case 'failed': {
      const text = t(`failure.${state.failure}`, { cost });
      // The host's account is nobody else's business; what RunComfy says of the prompt is the member's.
      const shown = state.failure === 'refused' || state.failure === 'model' ? state.reason : undefined;
      return shown === undefined ? text : `${text}\n${t('failure.reason', { reason: showText(shown, 300) })}`;
    }
    case 'completed':
      if (!state.givenUp) return '';
      if (state.refused) return t('gallery.refused');
      return t(job.reopenedAt === undefined ? 'gallery.undelivered' : 'gallery.expired');
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
    case 'delivered':
      return '';
  }
}

/** The place in the queue in words. RunComfy's position is the number of requests ahead. */
function place(position: number | undefined, t: Translate): string {
  if (position === undefined) return t('state.in_queue');
  return position === 0 ? t('state.in_queue_next') : t('state.in_queue_position', { position });
}

function headline(job: Job, facts: ReplyFacts, t: Translate): { title: string; color: number } {
  if (facts.lost) return { title: `❔ ${t('state.lost')}`, color: COLOURS.yellow };
  switch (job.state.name) {
    case 'reserved':
    case 'submitting':
      return facts.waiting
        ? { title: `⏳ ${t('state.waiting')}`, color: COLOURS.yellow }
        : { title: `⏳ ${t('state.submitting')}`, color: COLOURS.blurple };
    case 'in_queue': {
      const { position } = facts;
      return { title: `⏳ ${place(position, t)}`, color: COLOURS.blurple };
    }
    case 'in_progress':
      return { title: `🎨 ${t('state.in_progress')}`, color: COLOURS.blurple };
    case 'completed':
    case 'delivered': {
      const isGivenUp = job.state.name === 'completed' && job.state.givenUp;
      if (isGivenUp) return { title: `📦 ${t('history.undelivered')}`, color: COLOURS.yellow };
      return { title: `✅ ${t('state.completed')}`, color: COLOURS.green };
    }
    case 'cancelled':
      return { title: `🚫 ${t('state.cancelled')}`, color: COLOURS.grey };
    case 'failed':
      return { title: `❌ ${t('state.failed')}`, color: COLOURS.red };
    case 'unknown':
      return { title: `❔ ${t('state.unknown')}`, color: COLOURS.yellow };
  }
}

/** What is said below the prompt while a job goes on. */
function progressLines(job: Job, { fraction, waiting, silent }: ReplyFacts, t: Translate): string[] {
  return [
    ...(job.state.name === 'in_progress' && fraction !== undefined ? [progressBar(fraction)] : []),
    ...(waiting && job.state.name === 'reserved' ? [t('state.waitingHint')] : []),
    ...(silent ? [t('state.silent', { until: showMoment(job.deadline) })] : []),
  ];
}

/** The reply of a job that has no gallery (yet). */
export function replyMessage(job: Job, facts: ReplyFacts): ReplyMessage {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const text = [showText(job.prompt, 2000)];
  if (!facts.lost) text.push(...progressLines(job, facts, t));
  const cost = showCost(facts.costUsd, t);
  const end = facts.lost ? t('lost.text', { cost }) : ending(job, t, cost);
  if (end !== '') text.push(`**${end}**`);
  const field = (name: string, value: string) => ({ name, value, inline: true });
  const fields = [
    field(t('field.by'), `<@${job.userId}>`),
    field(t('field.pictures'), String(job.count)),
    ...(job.size === '' ? [] : [field(t('field.size'), showSize(job.size))]),
    ...(facts.model.name === undefined ? [] : [field(t('field.model'), showText(facts.model.name, 100))]),
    field(t('field.started'), showMoment(job.createdAt)),
  ];
  const running = !facts.lost && (job.state.name === 'in_queue' || job.state.name === 'in_progress');
  if (running && facts.expectedAt !== undefined) fields.push(field(t('field.expected'), showMoment(facts.expectedAt)));
  const embed: APIEmbed = { ...headline(job, facts, t), description: text.join('\n\n'), fields };
  return { embeds: [embed], components: buttons(job, facts, t) };
}

function buttons(job: Job, { lost, waiting }: ReplyFacts, t: Translate): NonNullable<ReplyMessage['components']> {
  if (lost) return retryButtons(job, t);
  switch (job.state.name) {
    case 'in_queue':
      return cancelButton(job, t);
    case 'reserved':
      return waiting ? cancelButton(job, t) : [];
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return retryButtons(job, t);
    case 'in_progress':
      // Of several requests, some may not have begun.
      return isCancellable(job) ? cancelButton(job, t) : [];
    case 'submitting':
    case 'completed':
    case 'delivered':
      return [];
  }
}
