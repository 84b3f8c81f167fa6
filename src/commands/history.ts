/** `/history`: a member's own jobs in a guild, newest first, in pages. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { translate, type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { JobRecords } from '../services/job/records.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import type { Log } from '../services/log.ts';
import type { ReplyMessage } from '../services/messages/messages.ts';
import type { Button, Command } from './interactions/command.ts';
import { ENTRIES_PER_PAGE, historyPage, type HistoryModels } from './history-page.ts';
import { described } from './interactions/localisation.ts';
import { showPrivatePage } from './interactions/private-page.ts';
import type { Responses } from './interactions/responses.ts';

const DAY = 24 * 60 * 60 * 1000;

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'history',
  ...described('command.history.text'),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

/** Which page: the newest, or the one beside a job. */
type Cursor = { before: string } | { after: string } | undefined;

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
    const found = await ledger.recent({ ...mine, ...cursor, limit: ENTRIES_PER_PAGE + 1 });
    // The way back may begin with a page that is not full: then it is the newest one.
    if (cursor !== undefined && found.length < (backwards ? ENTRIES_PER_PAGE : 1)) return page(member, undefined, t);
    const beyond = found.length > ENTRIES_PER_PAGE;
    const shown = backwards ? found.slice(-ENTRIES_PER_PAGE) : found.slice(0, ENTRIES_PER_PAGE);
    const jobs = await Promise.all(shown.map(({ jobId }) => records.findReadable(jobId)));
    const entries = shown.map(({ jobId, at }, index) => ({ jobId, at, job: jobs[index] }));
    return historyPage(entries, {
      t,
      newer: backwards ? beyond : cursor !== undefined,
      older: backwards || beyond,
      days: Math.ceil(retention / DAY),
      models,
    });
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
    command: { definition, run: (interaction) => show(interaction, undefined) },
    buttons: [
      { action: 'newer', press: (interaction, jobId) => show(interaction, { after: jobId }) },
      { action: 'older', press: (interaction, jobId) => show(interaction, { before: jobId }) },
    ],
  };
}
