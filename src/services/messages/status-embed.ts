/** A job's reply while there is no gallery: its prompt, one line that says how far it is or how it ended, and its buttons. Pure. */
import type { APIEmbed } from 'discord.js';
import { showCost, showSpan } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { showMoment, showText } from './display.ts';
import { isCancellable, type Job } from '../job/job.ts';
import { retryButtons, runningButtons } from './buttons.ts';
import { COLOURS } from './colours.ts';
import { factsLine, isUnnamed, requesterLine } from './facts.ts';
import type { ReplyMessage } from './message.ts';
import type { ShownModel } from './shown-model.ts';
import { referenceFault, referenceThumbnail, showReferences } from './references.ts';

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
  /** When the pictures are expected (milliseconds since the epoch), or that they are overdue. */
  expected: { at: number } | 'soon' | 'late' | undefined;
  /** How much of the generation is likely done, from 0 to 1. */
  fraction: number | undefined;
  /** The price of the whole job in US dollars. */
  costUsd: number;
  model: ShownModel;
  /** Whether its end is so far away that its member may want to be told of it. */
  long?: boolean;
  /** Whether this is its last word here, as the pictures will come by direct message. */
  leaving?: boolean;
  /** Whose press cancelled it, where that is known. */
  cancelledBy?: string | undefined;
}

/** The progress bar of a generation: full cells for what is likely done. It is never full before the pictures are there. */
function progressBar(fraction: number): string {
  const full = Math.min(BAR_CELLS - 1, Math.max(0, Math.floor(fraction * BAR_CELLS)));
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

/**
 * The sentence that says why a job ended without a gallery; empty otherwise.
 *
 * @param cost - as people read it.
 * @param by - whose press cancelled it, where that is known.
 */
export function ending(job: Job, t: Translate, cost: string, by?: string): string {
  const { state } = job;
  const span = showSpan(job.deadline - job.createdAt, t);
  switch (state.name) {
    case 'cancelled':
      if (state.withdrawn) return t('cancelled.withdrawn', { span });
      return by === undefined ? t('cancelled.text') : t('cancelled.by', { by: `<@${by}>` });
    case 'unknown':
      return state.requestId === undefined ? t('unknown.text', { cost }) : t('unknown.lost', { cost });
    case 'failed': {
      const fault =
        state.failure === 'refused' || state.failure === 'model' ? referenceFault(job, state.reason) : undefined;
      const text =
        fault === undefined ? t(`failure.${state.failure}`, { cost, span }) : t(`failure.reference_${fault}`);
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

/** The place in the queue as people count. RunComfy's position is the number of requests ahead. */
function place(position: number | undefined, t: Translate): string {
  if (position === undefined) return t('state.in_queue');
  return position === 0 ? t('state.in_queue_next') : t('state.in_queue_ahead', { count: position });
}

/** How far a job is; `undefined` where it has ended. */
function standing(job: Job, { position, waiting, fraction }: ReplyFacts, t: Translate): string | undefined {
  switch (job.state.name) {
    case 'reserved':
    case 'submitting':
      return `⏳ ${t(waiting ? 'state.waiting' : 'state.submitting')}`;
    case 'in_queue':
      return `⏳ ${place(position, t)}`;
    case 'in_progress':
      return `🎨 ${t('state.in_progress')}${fraction === undefined ? '' : ` ${progressBar(fraction)}`}`;
    case 'completed':
      return job.state.givenUp ? undefined : `✅ ${t('state.completed')}`;
    case 'delivered':
      return `✅ ${t('state.completed')}`;
    case 'cancelled':
    case 'failed':
    case 'unknown':
      return undefined;
  }
}

/** What a job that has ended without a gallery is headed with. */
function headline({ state }: Job, lost: boolean, t: Translate): { title: string; color: number } {
  if (lost) return { title: `❔ ${t('state.lost')}`, color: COLOURS.yellow };
  switch (state.name) {
    case 'cancelled':
      return { title: `🚫 ${t(state.withdrawn ? 'state.withdrawn' : 'state.cancelled')}`, color: COLOURS.grey };
    case 'failed':
      return { title: `❌ ${t('state.failed')}`, color: COLOURS.red };
    case 'unknown':
      return { title: `❔ ${t('state.unknown')}`, color: COLOURS.yellow };
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
    case 'completed':
    case 'delivered':
      return { title: `📦 ${t('history.undelivered')}`, color: COLOURS.yellow };
  }
}

/** When the pictures will be there, as far as that is known. */
function showExpected({ expected, silent }: ReplyFacts, t: Translate): string[] {
  if (silent || expected === undefined) return [];
  return [typeof expected === 'string' ? t(`state.${expected}`) : t('state.expected', { at: showMoment(expected.at) })];
}

/** What there is to say beside that line. */
function troubleLines(job: Job, { waiting, silent, leaving = false }: ReplyFacts, t: Translate): string[] {
  return [
    ...(leaving ? [t('state.byDirectMessage')] : []),
    ...(waiting && job.state.name === 'reserved' ? [t('state.waitingHint')] : []),
    ...(silent ? [t('state.silent', { until: showMoment(job.deadline) })] : []),
  ];
}

/** The reply of a job that has no gallery (yet). */
export function replyMessage(job: Job, known: ReplyFacts): ReplyMessage {
  const t = translate(job.private ? job.locale : job.guildLocale);
  // What is said last in a reply stays: nothing that time would make untrue.
  const facts = known.leaving ? { ...known, position: undefined, fraction: undefined, expected: undefined } : known;
  const stands = facts.lost ? undefined : standing(job, facts, t);
  const embed = stands === undefined ? endEmbed(job, facts, t) : runningEmbed(job, facts, stands, t);
  return { embeds: [embed], components: buttons(job, facts, t) };
}

function runningEmbed(job: Job, facts: ReplyFacts, stands: string, t: Translate): APIEmbed {
  const { model, waiting } = facts;
  const line = [
    stands,
    t('usage.pictures', { count: job.count }),
    ...showReferences(job, t),
    ...(model.name === undefined ? [] : [showText(model.name, 100)]),
    ...showExpected(facts, t),
    ...(isUnnamed(job) ? [`<@${job.userId}>`] : []),
  ].join(' · ');
  const text = [showText(job.prompt, 2000), line, ...troubleLines(job, facts, t)];
  return {
    color: waiting ? COLOURS.yellow : COLOURS.blurple,
    description: text.join('\n\n'),
    ...referenceThumbnail(job, t),
  };
}

function endEmbed(job: Job, { lost, costUsd, model, cancelledBy }: ReplyFacts, t: Translate): APIEmbed {
  const cost = showCost(costUsd, t);
  const end = lost ? t('lost.text', { cost }) : ending(job, t, cost, cancelledBy);
  const prompt = [showText(job.prompt, 2000), ...(isUnnamed(job) ? [requesterLine(job.userId)] : [])].join('\n');
  const text = [prompt, ...(end === '' ? [] : [`**${end}**`])];
  return { ...headline(job, lost, t), description: text.join('\n\n'), footer: { text: factsLine(job, { model }, t) } };
}

function buttons(
  job: Job,
  { lost, waiting, long = false }: ReplyFacts,
  t: Translate,
): NonNullable<ReplyMessage['components']> {
  if (lost) return retryButtons(job, t);
  switch (job.state.name) {
    case 'in_queue':
      return runningButtons(job, { cancellable: true, long }, t);
    case 'reserved':
      return waiting ? runningButtons(job, { cancellable: true, long }, t) : [];
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return retryButtons(job, t);
    case 'in_progress':
      // Of several requests, some may not have begun.
      return runningButtons(job, { cancellable: isCancellable(job), long }, t);
    case 'submitting':
    case 'completed':
    case 'delivered':
      return [];
  }
}
