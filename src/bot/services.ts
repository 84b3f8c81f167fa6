/** What the commands use, built once. */
import type { Config } from '../config.ts';
import { translate } from '../languages/languages.ts';
import { createSteadyClock, type Clock } from '../services/clock.ts';
import { createDelivery, createStatus, doneSentence } from '../services/delivery/delivery.ts';
import { createReferenceReader, type ReferenceReader } from '../services/discord/fresh-references.ts';
import { createReply } from '../services/discord/reply.ts';
import { createGuildRules, type GuildRules } from '../services/guild/rules.ts';
import { createGuildSettings, type GuildSettingsRecords } from '../services/guild/settings.ts';
import { createPromptHistory, type PromptHistory } from '../services/history/earlier-prompts.ts';
import { createErase, type Erase } from '../services/history/erase.ts';
import { createHost, type Host } from '../services/host/host.ts';
import {
  createAccountNotice,
  resumeNotices,
  createAssetHostNotice,
  createBalanceNotice,
  createCeilingNotice,
  createModelNotice,
  type CeilingNotice,
} from '../services/host/host-notices.ts';
import {
  createDoneNotices,
  createLifecycle,
  type DoneNotices,
  type Lifecycle,
} from '../services/lifecycle/lifecycle.ts';
import { modelOf, type Job } from '../services/job/job.ts';
import { createModels, keptModelSchema, type Models, type ReadPage } from '../services/models/models.ts';
import { createPolling, type Polling } from '../services/polling/polling.ts';
import { createRunComfy, RunComfyError, type RunComfy } from '../services/runcomfy/runcomfy.ts';
import type { Storage } from '../services/storage/storage.ts';
import { createAccounts, type Accounts } from '../services/usage/accounts/accounts.ts';
import type { Ports } from './ports.ts';

export interface Services extends Pick<Lifecycle, 'jobs' | 'records' | 'breaker'> {
  lifecycle: Lifecycle;
  models: Models;
  referenceReader: ReferenceReader;
  store: Storage['store'];
  ledger: Storage['ledger'];
  polling: Polling;
  settings: GuildSettingsRecords;
  rules: GuildRules;
  host: Host;
  ceilingNotice: CeilingNotice;
  /** Tells the host what a process that has ended had begun to tell. @throws StoreError */
  resumeNotices: () => Promise<void>;
  doneNotices: DoneNotices;
  accounts: Accounts;
  promptHistory: PromptHistory;
  erase: Erase;
  /** The clock that jobs go by, which does not jump where the machine's is set. */
  jobClock: Clock;
}

/** A new time of the machine's clock is taken over for jobs after this long at least (milliseconds). */
const CLOCK_BELIEVED_AFTER = 60 * 60_000;

/** Reads pages of models over the Model API. */
function pagesOf(api: Pick<RunComfy, 'model'>): ReadPage {
  return async (id) => {
    try {
      return { said: 'page', page: await api.model(id) };
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      return error.kind === 'not_found' ? { said: 'gone' } : { said: 'nothing', why: error.message };
    }
  };
}

/** Builds them. */
export function createServices(config: Config, ports: Ports): Services {
  const { storage, rest, botRest, downloads, monitoring, clock, random, log } = ports;
  for (const each of new Set([ports.client.rest, ports.acknowledgements, rest, botRest])) monitoring.rest(each);
  const store = monitoring.store(storage.store);
  const ledger = monitoring.ledger(storage.ledger);
  // A deadline is not to pass by a clock that is set.
  const jobClock = createSteadyClock(clock, { believedAfter: Math.max(CLOCK_BELIEVED_AFTER, config.jobDeadline) });
  const polling = createPolling({ store, clock: jobClock, random, log });
  const reply = createReply({
    rest,
    botRest,
    botUserId: () => ports.client.user?.id,
    clock: jobClock,
    log,
    elsewhere: (job) => translate(job.locale)('gallery.elsewhere', { channel: `<#${job.channelId}>` }),
    placeholder: (job) => translate(job.locale)('gallery.more'),
  });
  const host = createHost({ rest: botRest, clock, log });
  const api = monitoring.runComfy(createRunComfy({ http: ports.runComfyHttp, token: config.runcomfy.token, clock }));
  const referenceReader = createReferenceReader({ botRest, clock, log });
  const models = createModels({
    ids: config.runcomfy.models,
    references: config.references,
    priceUsd: config.pricePerImageUsd,
    read: pagesOf(api),
    store: store.collection('models', keptModelSchema),
    shared: storage.shared,
    know: ports.knowModel,
    onTrouble: createModelNotice({ store, rest: botRest, host, clock, log }),
    clock,
    log,
  });
  const onAccountFault = createAccountNotice({ store, rest: botRest, host, clock: jobClock, log });
  const onNotAllowed = createAssetHostNotice({ store, rest: botRest, host, clock, log });
  const priceOf = (job: Job) => models.priceOf(modelOf(job));
  const balanceNotice = createBalanceNotice({
    below: config.balanceWarningUsd,
    store,
    rest: botRest,
    host,
    clock,
    log,
  });
  const accounts = createAccounts({
    api,
    store,
    priceOf,
    balanceRead: (reading) => void balanceNotice(reading),
    clock,
    log,
  });
  const doneNotices = createDoneNotices({ store, rest: botRest, sentence: doneSentence, clock, log });
  const lifecycle = createLifecycle({
    shared: storage.shared,
    presence: storage.presence,
    store,
    ledger,
    scheduler: storage.scheduler,
    api,
    models,
    referenceReader,
    polling,
    reply,
    delivery: createDelivery({ downloads, models, onNotAllowed, clock: jobClock, log }),
    allows: (url) => downloads.allows(url),
    status: createStatus({ polling, models, clock: jobClock }),
    retention: config.retention,
    account(job) {
      // Once more at its end: after a kill the failure itself is heard of no more, and its member is told that the host has been.
      const fault = accountFaultOf(job);
      if (fault !== undefined) onAccountFault(fault);
      return accounts.enter(job);
    },
    happened: (job, event) => {
      const fault = event.type === 'failed' ? accountFaultOf(job) : undefined;
      if (fault !== undefined) onAccountFault(fault);
      doneNotices.ended(job);
      monitoring.happened(job, event, priceOf(job));
    },
    clock: jobClock,
    wallClock: clock,
    log,
  });
  const ceiling = config.limits.totalMonthlyImages;
  const ceilingNotice = createCeilingNotice({ ceiling, ledger, store, rest: botRest, host, clock, log });
  const settings = createGuildSettings({ store, log });
  const rules = createGuildRules({ settings, hostLimits: config.limits });
  const { jobs, records, breaker } = lifecycle;
  const promptHistory = createPromptHistory({ ledger, records, retention: config.retention, clock });
  const erase = createErase({
    ledger,
    records,
    forgetInBook: (jobIds) => accounts.book.forget(jobIds),
    promptHistory,
    clock,
  });
  return {
    lifecycle,
    models,
    referenceReader,
    jobs,
    records,
    breaker,
    store,
    ledger,
    polling,
    settings,
    rules,
    host,
    ceilingNotice,
    resumeNotices: () => resumeNotices({ store, rest: botRest, host, clock, log }),
    doneNotices,
    accounts,
    promptHistory,
    erase,
    jobClock,
  };
}

/** Whether RunComfy refused a request of a job for the host's account. */
function accountFaultOf({ requests }: Job): 'authentication' | 'balance' | undefined {
  for (const { state } of requests) {
    if (state.name !== 'failed') continue;
    if (state.failure === 'authentication' || state.failure === 'balance') return state.failure;
  }
  return undefined;
}
