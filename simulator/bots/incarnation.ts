/** One start of a process of the bot, as `src/bot/main.ts` makes one: what is opened for it, how it stops, how it ends. */
import { createBot, type Bot } from '../../src/bot/wiring.ts';
import type { Ports } from '../../src/bot/ports.ts';
import type { Config } from '../../src/config.ts';
import { noMonitoring } from '../../src/services/monitoring/monitoring.ts';
import { StoreError } from '../../src/services/storage/storage.ts';
import type { Diary } from '../kernel/diary.ts';
import type { SimulatedProcess } from '../kernel/process.ts';
import type { Random } from '../kernel/random.ts';
import type { DiscordWorld, RunComfyWorld, StoreWorld } from '../world/world.ts';
import { createDiaryLog } from './diary-log.ts';
import { rememberModel } from './remember-model.ts';

/** How long steps that are under way have at a stop, as `src/bot/main.ts` gives them (milliseconds). */
const STEPS_WITHIN = 7000;

/** How long a chart takes to be drawn (milliseconds). */
const DRAWN_WITHIN = 1500;

/** What the bot is connected to. */
export interface Worlds {
  discord: DiscordWorld;
  runComfy: RunComfyWorld;
  store: StoreWorld;
}

export interface Incarnation {
  /** Ends it as SIGTERM does: what is under way has its time, then it ends. */
  stop(): Promise<void>;
}

/** @param ended - called once it has ended by itself: after a stop, or where its store cannot be opened. */
export function startIncarnation({
  process,
  config,
  worlds: { discord, runComfy, store },
  random,
  diary,
  ended,
}: {
  process: SimulatedProcess;
  config: Config;
  worlds: Worlds;
  random: Random;
  diary: Diary;
  ended: () => void;
}): Incarnation {
  const log = createDiaryLog({ diary, process });
  let storage: Ports['storage'] | undefined;
  let bot: Bot | undefined;

  async function open(): Promise<void> {
    try {
      storage = await store.connect(process, { retention: config.retention, log });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.fatal({ err: error }, 'its store cannot be opened');
      ended();
      return;
    }
    const client = discord.login(process);
    bot = createBot({
      config,
      ports: {
        storage,
        client,
        ...discord.connect(process),
        ...runComfy.connect(process),
        knowModel: rememberModel,
        drawChart: () => process.clock.sleep(DRAWN_WITHIN).then(() => Buffer.from('a chart')),
        monitoring: noMonitoring,
        clock: process.clock,
        random: () => random.next(),
        log,
      },
    });
    const refusal = await bot.prepare();
    if (refusal !== undefined) {
      log.fatal(refusal);
      ended();
      return;
    }
    bot.start();
  }

  void open();
  return {
    async stop() {
      await bot?.stop(STEPS_WITHIN);
      await storage?.close();
      ended();
    },
  };
}
