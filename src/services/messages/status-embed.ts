/** What a job's reply shows while there is no gallery: one embed that says where the job stands, and its button. Pure. */
import type { APIEmbed } from 'discord.js';
import { showCost } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { showText } from './display.ts';
import { showSize } from './gallery.ts';
import type { Job } from '../job/job.ts';
import { cancelButton, retryButtons } from './buttons.ts';
import type { ReplyMessage } from '../discord/reply.ts';

const BLURPLE = 0x58_65_f2;
const YELLOW = 0xfa_a6_1a;
const RED = 0xed_42_45;
const GREY = 0x74_7f_8d;
const GREEN = 0x3b_a5_5d;

/** The bar's cells; an edit shows at most this many steps. */
const BAR_CELLS = 10;

/** What the renderer needs beside the job's record. */
export interface ReplyFacts {
  /** Position in RunComfy's queue as last seen. */
  position: number | undefined;
  /** Whether RunComfy has not taken the request so far. */
  waiting: boolean;
  /** When the pictures are expected (milliseconds since the epoch). */
  expectedAt: number | undefined;
  /** How much of the generation is likely done, from 0 to 1. */
  fraction: number | undefined;
  /** The price of the whole job in US dollars. */
  costUsd: number;
}

/** A moment that Discord's client shows as "in 2 minutes" and keeps ticking. */
export function showMoment(at: number): string {
  return `<t:${Math.floor(at / 1000)}:R>`;
}

/** The bar of a generation: full cells for what is likely done, never quite full before the pictures are there. */
export function progressBar(fraction: number): string {
  const full = Math.min(BAR_CELLS - 1, Math.max(0, Math.floor(fraction * BAR_CELLS)));
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

/** The text a job ends with when it ends without a gallery; empty otherwise. */
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
      return t(job.reopenedAt === undefined ? 'gallery.undelivered' : 'gallery.expired');
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
    case 'delivered':
      return '';
  }
}

/** RunComfy's position counts those ahead. */
function place(position: number | undefined, t: Translate): string {
  if (position === undefined) return t('state.in_queue');
  return position === 0 ? t('state.in_queue_next') : t('state.in_queue_position', { position });
}

function headline(job: Job, facts: ReplyFacts, t: Translate): { title: string; color: number } {
  switch (job.state.name) {
    case 'reserved':
    case 'submitting':
      return facts.waiting
        ? { title: `⏳ ${t('state.waiting')}`, color: YELLOW }
        : { title: `⏳ ${t('state.submitting')}`, color: BLURPLE };
    case 'in_queue': {
      const { position } = facts;
      return { title: `⏳ ${place(position, t)}`, color: BLURPLE };
    }
    case 'in_progress':
      return { title: `🎨 ${t('state.in_progress')}`, color: BLURPLE };
    case 'completed':
    case 'delivered':
      return { title: `✅ ${t('state.completed')}`, color: GREEN };
    case 'cancelled':
      return { title: `🚫 ${t('state.cancelled')}`, color: GREY };
    case 'failed':
      return { title: `❌ ${t('state.failed')}`, color: RED };
    case 'unknown':
      return { title: `❔ ${t('state.unknown')}`, color: YELLOW };
  }
}

/** The reply of a job that has no gallery (yet). */
export function replyMessage(job: Job, facts: ReplyFacts): ReplyMessage {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const text = [showText(job.prompt, 2000)];
  if (job.state.name === 'in_progress' && facts.fraction !== undefined) text.push(progressBar(facts.fraction));
  if (facts.waiting && job.state.name === 'reserved') text.push(t('state.waitingHint'));
  const end = ending(job, t, showCost(facts.costUsd, t));
  if (end !== '') text.push(`**${end}**`);
  const field = (name: string, value: string) => ({ name, value, inline: true });
  const fields = [
    field(t('field.by'), `<@${job.userId}>`),
    field(t('field.pictures'), String(job.count)),
    field(t('field.size'), showSize(job.size)),
    field(t('field.started'), showMoment(job.createdAt)),
  ];
  const running = job.state.name === 'in_queue' || job.state.name === 'in_progress';
  if (running && facts.expectedAt !== undefined) fields.push(field(t('field.expected'), showMoment(facts.expectedAt)));
  const embed: APIEmbed = { ...headline(job, facts, t), description: text.join('\n\n'), fields };
  return { embeds: [embed], components: buttons(job, facts, t) };
}

function buttons(job: Job, { waiting }: ReplyFacts, t: Translate): NonNullable<ReplyMessage['components']> {
  switch (job.state.name) {
    case 'in_queue':
      return cancelButton(job, t);
    case 'reserved':
      return waiting ? cancelButton(job, t) : [];
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return retryButtons(job, t);
    case 'submitting':
    case 'in_progress':
    case 'completed':
    case 'delivered':
      return [];
  }
}
