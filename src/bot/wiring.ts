/**
 * Builds the bot from what is handed in, once. Nothing here touches the process, its environment or a file, and nothing is
 * waited for: the same bot runs in production, in tests and on virtual time.
 */
import { Events } from 'discord.js';
import { createCommands } from '../commands/commands.ts';
import {
  completeInteraction,
  createHasBegun,
  createInteractions,
  createPackets,
  createResponses,
  CommandIds,
  registerCommands,
} from '../commands/interactions/interactions.ts';
import type { Config } from '../config.ts';
import type { PageSources } from '../services/monitoring/monitoring.ts';
import { createIsDiscords } from '../services/references/references.ts';
import { StoreError } from '../services/storage/storage.ts';
import { createLastingTrouble } from './lasting-trouble.ts';
import { onceMore } from './once-more.ts';
import type { Ports } from './ports.ts';
import { createServices } from './services.ts';

/** How often reservations without a job are looked for (milliseconds), and how old they must be. */
const RECLAIM_EVERY = 10 * 60_000;
const RECLAIM_AFTER = 2 * 60_000;

/** Until a store that failed at the start is asked again (milliseconds). */
const STORE_AGAIN = 2000;

/** Until the commands are registered again where Discord did not take them (milliseconds). */
const REGISTER_AGAIN = 5000;

export interface Bot {
  /**
   * Reads what must be known before a start: nothing, unless a model is named that this version has no profile of.
   *
   * @returns the sentence that ends the start, where that cannot be read.
   */
  prepare(): Promise<string | undefined>;
  /** Answers interactions from now on, and resumes every job as soon as the store answers. */
  start(): void;
  /** Begins nothing more; resolves when what is under way has ended, or its steps have had `patience` milliseconds. */
  stop(patience: number): Promise<void>;
  /** What the pages of `HTTP_PORT` are made from. */
  sources: Pick<PageSources, 'ping' | 'records' | 'ledger' | 'models'>;
}

export function createBot({ config, ports }: { config: Config; ports: Ports }): Bot {
  const { client, botRest, monitoring, clock, random, log } = ports;
  const { scheduler } = ports.storage;
  const services = createServices(config, ports);
  const { jobs, ledger, models, polling, settings, store, lifecycle, ceilingNotice, accounts, jobClock } = services;
  const responses = createResponses({ acknowledgements: ports.acknowledgements, rest: ports.rest, clock });
  let stopped = false;
  const packets = createPackets();
  const hasBegun = createHasBegun({ records: lifecycle.records, isStopped: () => stopped, clock });
  const commandIds = new CommandIds();
  const { commands, messageCommands, buttons, selects, forms } = createCommands({
    ...services,
    isDiscords: createIsDiscords(config.discord.apiUrl),
    references: config.references,
    packets,
    responses,
    commandIds,
    rest: botRest,
    onJobStarted: (at) => void ceilingNotice.check(at),
    hasBegun,
    hostLimits: config.limits,
    retention: config.retention,
    jobDeadline: config.jobDeadline,
    randomSeed: (max) => Math.floor(random() * (max + 1)),
    drawChart: ports.drawChart,
    clock,
    log,
  });
  const interactions = createInteractions({
    ...{ commands, messageCommands, buttons, selects, forms },
    responses,
    hasBegun,
    log,
  });

  async function register(applicationId: string): Promise<void> {
    const trouble = createLastingTrouble({
      sentence: 'the commands could not be registered; trying again',
      clock,
      log,
    });
    while (!stopped) {
      try {
        const all = [...commands, ...messageCommands];
        await registerCommands({ rest: botRest, applicationId, commands: all, ids: commandIds, log });
        return;
      } catch (error) {
        trouble.met(error);
        await clock.sleep(REGISTER_AGAIN);
      }
    }
  }

  /** Has every job that is not done with go on. Without the store nothing can begin, so it is waited for. */
  async function resume(startedAt: number): Promise<void> {
    const trouble = createLastingTrouble({ sentence: 'the jobs could not be read; trying again', clock, log });
    while (!stopped) {
      try {
        await settings.load();
        await services.resumeNotices();
        const resumed = await lifecycle.resume(startedAt);
        if (resumed > 0) log.info({ jobs: resumed }, 'jobs go on');
        await scheduler.start(lifecycle.step);
        void ceilingNotice.check(clock.now());
        accounts.start();
        return;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        trouble.met(error);
        await clock.sleep(STORE_AGAIN);
      }
    }
  }

  function reclaim(): void {
    jobs.reclaim(jobClock.now() - RECLAIM_AFTER).catch((error: unknown) => {
      log.error({ err: error }, 'reservations could not be reclaimed');
    });
  }

  return {
    sources: {
      ping: () => store.ping(),
      records: lifecycle.records,
      ledger,
      models: () => models.standing(),
    },

    prepare: () => models.prepare(),

    start() {
      client.on(Events.Raw, (packet) => {
        completeInteraction(packet);
        packets.read(packet);
      });
      client.on(Events.InteractionCreate, (interaction) => {
        monitoring.received(interaction.id);
        void interactions.handle(interaction);
      });
      client.once(Events.ClientReady, (ready) => {
        log.info({ user: ready.user.tag, guilds: ready.guilds.cache.size }, 'ready');
        const { id } = ready.application;
        const registerNow = onceMore(() => register(id));
        registerNow();
        // What the commands offer goes by what RunComfy offers.
        models.onChange(registerNow);
      });
      models.start();
      void polling.load();
      void resume(jobClock.now());
      clock.setInterval(reclaim, RECLAIM_EVERY);
    },

    async stop(patience) {
      stopped = true;
      models.stop();
      const answered = interactions.stop();
      await scheduler.stop(patience);
      await answered;
      await lifecycle.stop();
    },
  };
}
