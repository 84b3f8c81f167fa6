/** What a command asks of Redis does not grow with the guilds that are not its own. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createGuildRules } from '../../src/services/guild/rules.ts';
import { createGuildSettings } from '../../src/services/guild/settings.ts';
import { createJobRecords, keepInMemory } from '../../src/services/job/records.ts';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { createRedisAdapter } from '../../src/services/storage/redis/records.ts';
import { createStore } from '../../src/services/storage/store.ts';
import { createBook } from '../../src/services/usage/accounts/book.ts';
import { lineOf } from '../../src/services/usage/accounts/line.ts';
import { sampleJob } from '../support/sample-job.ts';
import { NOON, reservation, UNLIMITED } from '../support/sample-reservation.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const DAY = 24 * 60 * 60_000;
const RETENTION = 30 * DAY;
const SEEDED_AT_ONCE = 50;

let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());
afterEach(() => {
  redis.close();
});

/** Everything a command has of the store, over one connection. */
function open() {
  const log = createSilentLog();
  const store = createStore({ adapterFor: (namespace) => createRedisAdapter({ redis, namespace }), clock, log });
  const settings = createGuildSettings({ store, log });
  return {
    ledger: createRedisLedger({ redis, retention: RETENTION }),
    records: createJobRecords({ store, clock, log, retention: RETENTION, createKeeper: keepInMemory }),
    settings,
    book: createBook({ store, clock, log }),
    rules: createGuildRules({ settings, hostLimits: { ...UNLIMITED, imagesPerJob: 15 } }),
  };
}
type Opened = ReturnType<typeof open>;

/** Guilds with one member each who asked on three days, and jobs of each that run. */
async function seed({ ledger, records, settings }: Opened, guilds: number): Promise<void> {
  const mine = ['guild', 'elsewhere'].flatMap((guildId) =>
    [0, 1, 2].map((day) => reservation(`${guildId}${day}`, { guildId, at: NOON - day * DAY })),
  );
  await Promise.all(mine.map((one) => ledger.reserve(one, UNLIMITED)));
  const others = Array.from({ length: guilds }, (_, guild) => ({ guildId: `guild${guild}`, userId: `user${guild}` }));
  for (let from = 0; from < guilds; from += SEEDED_AT_ONCE) {
    const part = others.slice(from, from + SEEDED_AT_ONCE).map(async ({ guildId, userId }) => {
      for (const day of [0, 1, 2]) {
        await ledger.reserve(reservation(`${guildId} ${day}`, { guildId, userId, at: NOON - day * DAY }), UNLIMITED);
      }
      await records.write(sampleJob({ id: `${guildId} 0`, guildId, userId }));
      await settings.change(guildId, (now) => ({ settings: { ...now, words: [] } }));
    });
    await Promise.all(part);
  }
}

const member = { guildId: 'guild', roleIds: [] };

/** What each command asks of the store, as it does. */
const COMMANDS: Record<string, (opened: Opened) => Promise<unknown>> = {
  '/usage': ({ rules, ledger }) =>
    Promise.all([
      rules.rulesFor(member),
      ledger.usage('guild', 'user', NOON),
      ledger.daily({ guildId: 'guild', from: NOON - 29 * DAY, to: NOON }),
    ]),
  async '/history'({ ledger, records }) {
    const found = await ledger.recent({ guildId: 'guild', userId: 'user', since: NOON - RETENTION, limit: 6 });
    expect(found).toHaveLength(3);
    await Promise.all(found.map(({ jobId }) => records.findReadable(jobId)));
  },
  async '/limits'({ settings, ledger }) {
    await Promise.all([settings.read('guild'), ledger.usage('guild', 'user', NOON)]);
    await settings.change('guild', (now) => ({ settings: { ...now, words: [] } }));
  },
  async '/seedream'({ rules, ledger, records, book }) {
    await rules.rulesFor(member);
    await ledger.reserve(reservation('new'), UNLIMITED);
    await records.write(sampleJob({ id: 'new' }));
    await ledger.settle('new');
    await book.enter('new', lineOf(sampleJob({ state: { name: 'cancelled' } }), 0.03));
    await records.close(sampleJob({ id: 'new' }));
  },
};

interface Cost {
  /** Commands that Redis ran, also inside of scripts. */
  calls: number;
  bytes: number;
}

async function totals(): Promise<Cost> {
  const stats = await redis.client.info('stats');
  const bytes = [...stats.matchAll(/total_net_(?:in|out)put_bytes:(\d+)/g)].map(([, count]) => Number(count));
  const ran = await redis.client.info('commandstats');
  const calls = [...ran.matchAll(/cmdstat_(\w+)[^:]*:calls=(\d+)/g)].flatMap(([, name, count]) =>
    name === 'info' || name === 'ping' ? [] : [Number(count)],
  );
  const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);
  return { calls: sum(calls), bytes: sum(bytes) };
}

async function costOf(act: () => Promise<unknown>): Promise<Cost> {
  const before = await totals();
  await act();
  const after = await totals();
  return { calls: after.calls - before.calls, bytes: after.bytes - before.bytes };
}

async function costs(guilds: number): Promise<Map<string, Cost>> {
  redis = await connectTo(server.url);
  await redis.client.flushAll();
  const opened = open();
  await seed(opened, guilds);
  const found = new Map<string, Cost>();
  for (const [name, ask] of Object.entries(COMMANDS)) {
    const idle = await costOf(() => Promise.resolve());
    const { calls, bytes } = await costOf(() => ask(opened));
    found.set(name, { calls, bytes: bytes - idle.bytes });
  }
  return found;
}

test('at 2,000 guilds as at 10: the same calls, and not twice the bytes', async () => {
  const few = await costs(10);
  redis.close();
  const many = await costs(2000);
  for (const name of Object.keys(COMMANDS)) {
    const [small, large] = [few.get(name), many.get(name)];
    expect(large?.calls, name).toBe(small?.calls);
    expect(small?.calls, name).toBeGreaterThan(0);
    expect(large?.bytes, name).toBeLessThan(2 * (small?.bytes ?? 0));
  }
}, 60_000);
