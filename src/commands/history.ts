/** `/history`: a member's own jobs in a guild, newest first, in pages. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { showCost } from '../languages/formats.ts';
import { translate, type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { JobRecords } from '../services/job/records.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import type { Log } from '../services/log.ts';
import { modelOf } from '../services/job/job.ts';
import { refusalMessage, type ReplyMessage } from '../services/messages/messages.ts';
import type { Button, Command } from './interactions/command.ts';
import { ENTRIES_PER_PAGE, historyPage, type HistoryModels } from './history-page.ts';
import { described } from './interactions/localisation.ts';
import { showPrivatePage, showPrivateReply } from './interactions/private-page.ts';
import type { Responses } from './interactions/responses.ts';

const DAY = 24 * 60 * 60 * 1000;

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'history',
  ...described('command.history.text'),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

/** Which page: the newest, or the one beside a job; and the number that its first or last entry has. */
type Cursor = { before: string; from: number } | { after: string; until: number } | undefined;

/** The numbers of the first entry on a page and of its last one, as the page itself says; 0 where it has none. */
function numbersOn({ message }: ButtonInteraction): { first: number; last: number } {
  const fields = message.embeds[0]?.fields ?? [];
  const numberOf = (name = '') => Number(/^(\d+)\. /.exec(name)?.[1] ?? 0);
  return { first: numberOf(fields[0]?.name), last: numberOf(fields.at(-1)?.name) };
}

/** The number that the first entry of a page has. */
function firstNumber(cursor: Cursor, entries: number): number {
  if (cursor === undefined) return 1;
  return Math.max(1, 'from' in cursor ? cursor.from : cursor.until - entries + 1);
}

/** @param retention - how long finished jobs are kept, in milliseconds. */
export function createHistory({
  ledger,
  records,
  retention,
  models,
  responses,
  clock,
  log,
}: {
  ledger: Pick<Ledger, 'recent'>;
  records: Pick<JobRecords, 'findReadable'>;
  retention: number;
  models: HistoryModels;
  responses: Responses;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): { command: Command; buttons: Button[] } {
  async function page(
    member: { guildId: string; userId: string },
    cursor: Cursor,
    t: Translate,
  ): Promise<ReplyMessage> {
    const mine = { ...member, since: clock.now() - retention };
    const backwards = cursor !== undefined && 'after' in cursor;
    const beside = cursor && ('after' in cursor ? { after: cursor.after } : { before: cursor.before });
    const found = await ledger.recent({ ...mine, ...beside, limit: ENTRIES_PER_PAGE + 1 });
    // The way back may begin with a page that is not full: then it is the newest one.
    if (cursor !== undefined && found.length < (backwards ? ENTRIES_PER_PAGE : 1)) return page(member, undefined, t);
    const beyond = found.length > ENTRIES_PER_PAGE;
    const shown = backwards ? found.slice(-ENTRIES_PER_PAGE) : found.slice(0, ENTRIES_PER_PAGE);
    const jobs = await Promise.all(shown.map(({ jobId }) => records.findReadable(jobId)));
    const entries = shown.map(({ jobId, at }, index) => ({ jobId, at, job: jobs[index] }));
    return historyPage(entries, {
      t,
      from: firstNumber(cursor, shown.length),
      newer: backwards ? beyond : cursor !== undefined,
      older: backwards || beyond,
      days: Math.ceil(retention / DAY),
      models,
    });
  }

  /** Asks before it is made again: what it costs, and a button for it, which the person alone sees. */
  async function askAgain(interaction: ButtonInteraction, jobId: string): Promise<void> {
    await showPrivateReply(interaction, { responses, log, read: (t) => confirmation(interaction, jobId, t) });
  }

  async function confirmation(
    { id, guildId, user }: ButtonInteraction,
    jobId: string,
    t: Translate,
  ): Promise<string | ReplyMessage> {
    const job = await records.findReadable(jobId);
    if (job === undefined || job.guildId !== guildId || job.userId !== user.id) return t('refusal.gone');
    const cost = showCost(job.count * models.priceOf(modelOf(job)), t);
    const asked = { ...job, seed: undefined };
    return refusalMessage(t('history.confirm', { cost }), { id, asked, counts: [job.count], t });
  }

  async function show(interaction: ChatInputCommandInteraction | ButtonInteraction, cursor: Cursor): Promise<void> {
    const { guildId, user } = interaction;
    if (guildId === null) {
      await responses.replyPrivately(interaction, translate(interaction.locale)('refusal.guildOnly'));
      return;
    }
    const member = { guildId, userId: user.id };
    await showPrivatePage(interaction, { responses, log, read: (t) => page(member, cursor, t) });
  }

  return {
    command: { definition, name: definition.name, run: (interaction) => show(interaction, undefined) },
    buttons: [
      {
        action: 'newer',
        press: (interaction, after) => show(interaction, { after, until: numbersOn(interaction).first - 1 }),
      },
      {
        action: 'older',
        press: (interaction, before) => show(interaction, { before, from: numbersOn(interaction).last + 1 }),
      },
      { action: 'askagain', press: askAgain },
    ],
  };
}
