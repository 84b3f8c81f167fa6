/** Several processes of the real bot on one Redis, between the same stand-ins. */
import { expect } from 'vitest';
import type { Channel, DiscordStandInOptions, Guild, Interaction } from '../../playground/discord/stand-in.ts';
import { shardOf } from '../../playground/discord/snowflake.ts';
import type { RunComfyOptions } from '../../playground/runcomfy/stand-in.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import type { Reservation } from '../../src/services/ledger/ledger.ts';
import type { Usage } from '../../src/services/ledger/limits.ts';
import { createProcessStage, ROOMY, spawnBot, type BotProcess, type ProcessStage } from '../support/bot.ts';
import { expectDelivered, messagesWithPictures } from '../support/delivered.ts';
import { jobsOf, submitted } from '../support/runcomfy.ts';
import { withRedis } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

/** How long a test waits for one thing (milliseconds): several bots share a busy machine. */
export const PATIENCE = 60_000;

export interface Request {
  interaction: Interaction;
  prompt: string;
  count: number;
}

export interface Fleet extends AsyncDisposable {
  stage: ProcessStage;
  redis: RedisServer;
  /** The processes, in the order they were started. */
  bots: BotProcess[];
  /** Starts one more; resolves when it is ready. */
  launch(environment?: Record<string, string>): Promise<BotProcess>;
  /** Gives the command in a guild that a shard of two holds, by a member who has asked for nothing before. */
  ask(options: { prompt: string; count?: number; shard?: 0 | 1; private?: boolean }): Request;
  /** RunComfy's id of a request, once it is submitted. */
  requestId(request: Request): Promise<string>;
  /** Resolves once all pictures of these stand in Discord. */
  whole(requests: Request[], patience?: number): Promise<void>;
  /** Fails unless each stands in Discord once, was submitted once, and nothing is held. */
  expectDeliveredOnce(requests: Request[]): Promise<void>;
  usage(guild: Guild): Promise<Usage>;
  held(): Promise<Reservation[]>;
}

/** @param processes - what each one's environment has beside the common one. */
export async function createFleet({
  processes,
  discord,
  runcomfy,
  environment,
}: {
  processes: Record<string, string>[];
  discord?: Partial<DiscordStandInOptions>;
  runcomfy?: Partial<RunComfyOptions>;
  environment?: Record<string, string>;
}): Promise<Fleet> {
  const redis = await createRedisServer();
  const [first = {}, ...others] = processes;
  const stage = await createProcessStage({
    discord: { identifyWindowMs: 50, ...discord },
    runcomfy: { held: true, ...runcomfy },
    environment: { ...ROOMY, STORE_URL: redis.url, ...environment, ...first },
  });
  const bots = [stage.bot];
  const homes = new Map<number, { guild: Guild; channel: Channel }>();

  function homeOf(shard: number) {
    const known = homes.get(shard);
    if (known !== undefined) return known;
    for (;;) {
      const guild = stage.discord.addGuild({ name: `shard ${shard}` });
      if (shardOf(guild.id, 2) !== shard) continue;
      const home = { guild, channel: stage.discord.addChannel(guild, { name: 'general' }) };
      homes.set(shard, home);
      return home;
    }
  }

  function withLedger<T>(act: (ledger: ReturnType<typeof createRedisLedger>) => Promise<T>): Promise<T> {
    return withRedis(redis.url, (connection) => act(createRedisLedger({ redis: connection })));
  }

  const fleet: Fleet = {
    stage,
    redis,
    bots,
    async launch(more = {}) {
      const bot = spawnBot({ ...stage.environment, ...more });
      bots.push(bot);
      await bot.wrote('"msg":"ready"');
      return bot;
    },
    ask({ prompt, count = 1, shard = 0, private: ephemeral = false }) {
      const { guild, channel } = homeOf(shard);
      const interaction = stage.discord.command({
        member: stage.discord.addMember(guild, { name: prompt }),
        channel,
        name: 'seedream',
        options: { prompt, count, ...(ephemeral && { private: true }) },
      });
      return { interaction, prompt, count };
    },
    async requestId({ prompt }) {
      return (await submitted(stage, prompt, PATIENCE)).requestId;
    },
    async whole(requests, patience = PATIENCE) {
      const missing = () =>
        requests.filter((request) => {
          const files = messagesWithPictures(stage, request).flatMap(({ attachments }) => attachments);
          return files.length < request.count;
        });
      await stage.discord.until(() => missing().length === 0, patience);
    },
    async expectDeliveredOnce(requests) {
      for (const request of requests) {
        expectDelivered(stage, request);
        expect(jobsOf(stage, request.prompt), `submits of ${request.prompt}`).toHaveLength(1);
      }
      await expect.poll(() => fleet.held(), { timeout: PATIENCE }).toEqual([]);
    },
    usage: ({ id }) => withLedger((ledger) => ledger.usage(id, '', Date.now())),
    held: () => withLedger((ledger) => ledger.held(Infinity)),
    async [Symbol.asyncDispose]() {
      await Promise.all(bots.map((bot) => bot.stop('SIGKILL')));
      await stage[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
  try {
    for (const more of others) await fleet.launch(more);
  } catch (error) {
    await fleet[Symbol.asyncDispose]();
    throw error;
  }
  return fleet;
}

/** Two processes with half of the shards each. */
export const HALVES = [
  { SHARD_COUNT: '2', SHARD_IDS: '0' },
  { SHARD_COUNT: '2', SHARD_IDS: '1' },
];
