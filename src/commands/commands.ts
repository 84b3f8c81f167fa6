/** The door to the commands: every slash command, button and form, built from the services they stand on. */
import type { REST } from 'discord.js';
import type { Clock } from '../services/clock.ts';
import type { GuildRules } from '../services/guild/rules.ts';
import type { GuildSettingsRecords, HostLimits } from '../services/guild/settings.ts';
import type { PromptHistory } from '../services/history/earlier-prompts.ts';
import type { Erase } from '../services/history/erase.ts';
import type { Host } from '../services/host/host.ts';
import type { ReferenceReader } from '../services/discord/fresh-references.ts';
import type { JobRecords } from '../services/job/records.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import type { AccountBreaker, DoneNotices, Jobs } from '../services/lifecycle/lifecycle.ts';
import type { Log } from '../services/log.ts';
import type { Models } from '../services/models/models.ts';
import type { IsDiscords } from '../services/references/references.ts';
import type { Accounts } from '../services/usage/accounts/accounts.ts';
import type { Chart } from '../services/usage/chart.ts';
import { createAgainButtons } from './buttons/again.ts';
import { createCancelButton } from './buttons/cancel.ts';
import { createCountButtons, createWithoutButton } from './buttons/count.ts';
import { createDeliverButton } from './buttons/deliver.ts';
import { createEdit, createEditForm } from './buttons/edit.ts';
import { createRemoveButton } from './buttons/remove.ts';
import { createSeedButton } from './buttons/seed.ts';
import { createTellButton } from './buttons/tell.ts';
import { createAllServers } from './usage/all-servers.ts';
import { createCostOf } from './usage/cost-of.ts';
import { createGuildNames } from './usage/guild-names.ts';
import type { HasBegun } from './start-job/begun.ts';
import { createGuildCommandReply } from './guild-command.ts';
import { createHelpCommand } from './help.ts';
import { createHistory } from './history.ts';
import { createEditMessage } from './pictures/edit-message.ts';
import type { Button, Command, Form, MessageCommand, Select } from './interactions/command.ts';
import type { Packets } from './interactions/packets.ts';
import type { CommandIds } from './interactions/registration.ts';
import type { Responses } from './interactions/responses.ts';
import { createLimitsCommand } from './limits.ts';
import { createMemberNames } from './usage/member-names.ts';
import { createPrivacyButtons, createPrivacyCommand } from './privacy.ts';
import { createSeedreamCommand } from './seedream.ts';
import { createStartJob } from './start-job/start-job.ts';
import { createSuggestions } from './start-job/suggestions.ts';
import { createRecentUsage } from './usage/recent.ts';
import { createUsageCommand } from './usage.ts';
import { createWordsCommand } from './words.ts';

/**
 * @param onJobStarted - is told when each counted job started (milliseconds since the epoch); nobody waits for it.
 * @param hostLimits - what the host allows a guild that has nothing set.
 * @param references - whether the bot takes pictures to start from.
 * @param isDiscords - whether an address is Discord's.
 * @param retention - how long finished jobs are kept, in milliseconds.
 * @param jobDeadline - when a job is given up, in milliseconds from its start.
 * @param rest - for calls by the bot's token.
 */
export function createCommands({
  jobs,
  models,
  referenceReader,
  isDiscords,
  records,
  ledger,
  accounts,
  breaker,
  rules,
  settings,
  host,
  promptHistory,
  erase,
  doneNotices,
  packets,
  responses,
  commandIds,
  rest,
  onJobStarted,
  hasBegun,
  hostLimits,
  references,
  retention,
  jobDeadline,
  jobClock,
  randomSeed,
  drawChart,
  clock,
  log,
}: {
  jobs: Jobs;
  models: Models;
  referenceReader: ReferenceReader;
  isDiscords: IsDiscords;
  records: Pick<JobRecords, 'findReadable'>;
  ledger: Pick<Ledger, 'usage' | 'recent' | 'daily'>;
  accounts: Pick<Accounts, 'book' | 'balance'>;
  breaker: Pick<AccountBreaker, 'refusal' | 'refresh'>;
  rules: GuildRules;
  settings: GuildSettingsRecords;
  host: Pick<Host, 'has'>;
  promptHistory: PromptHistory;
  erase: Erase;
  doneNotices: Pick<DoneNotices, 'wish'>;
  packets: Pick<Packets, 'roleIdsOf' | 'isInThread'>;
  responses: Responses;
  commandIds: Pick<CommandIds, 'mention'>;
  rest: Pick<REST, 'get'>;
  onJobStarted: (at: number) => void;
  hasBegun: HasBegun;
  hostLimits: HostLimits;
  references: boolean;
  retention: number;
  jobDeadline: number;
  jobClock: Pick<Clock, 'now'>;
  randomSeed: (max: number) => number;
  drawChart: (chart: Chart) => Promise<Buffer>;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'setImmediate'>;
  log: Log;
}): {
  commands: Command[];
  messageCommands: MessageCommand[];
  buttons: Button[];
  selects: Select[];
  forms: Form[];
} {
  const startJob = createStartJob({
    jobs,
    models,
    referenceReader,
    isDiscords,
    breaker,
    rules,
    onStarted: onJobStarted,
    hasBegun,
    packets,
    responses,
    jobDeadline,
    jobClock,
    clock,
    randomSeed,
    log,
  });
  const suggestions = createSuggestions({ promptHistory, records, clock, log });
  const history = createHistory({ ledger, records, retention, models, responses, clock, log });
  const costOf = createCostOf(models);
  const memberNames = createMemberNames({ rest, clock, log });
  const ceiling = hostLimits.totalMonthlyImages;
  const guildNames = createGuildNames({ rest, clock, log });
  const allServers = createAllServers({ ledger, accounts, ceiling, guildNames });
  const recentUsage = createRecentUsage({ ledger, memberNames, drawChart, costOf, log });
  const replyToGuildCommand = createGuildCommandReply({ host, responses, clock, log });
  const edit = createEdit({ models, records, responses, clock, log });
  const editMessage = createEditMessage({ models, isDiscords, startJob, responses });
  return {
    messageCommands: [editMessage.command],
    selects: [edit.select],
    commands: [
      createSeedreamCommand({ models, startJob, suggestions, responses }),
      createLimitsCommand({ settings, hostLimits, references, ledger, replyToGuildCommand, log }),
      createWordsCommand({ settings, replyToGuildCommand, log }),
      createUsageCommand({
        ledger,
        rules,
        packets,
        recentUsage,
        allServers,
        costOf,
        host,
        responses,
        clock,
        log,
      }),
      history.command,
      createPrivacyCommand({ retention, responses }),
      createHelpCommand({ models, commandIds, responses }),
    ],
    buttons: [
      createCancelButton({ jobs, responses, log }),
      createTellButton({ records, doneNotices, responses, log }),
      ...createAgainButtons({ records, startJob }),
      edit.button,
      ...createCountButtons({ records, startJob }),
      createWithoutButton({ records, startJob }),
      createSeedButton({ models, records, responses, log }),
      createRemoveButton({ jobs, responses, log }),
      createDeliverButton({ jobs, responses, jobClock, log }),
      ...history.buttons,
      ...createPrivacyButtons({ erase, responses, log }),
    ],
    forms: [createEditForm({ models, records, startJob }), editMessage.form],
  };
}
