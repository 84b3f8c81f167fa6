/** The host hears by direct message that the balance is low: once, until it has been above again, whoever reads it and however often. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { systemClock as clock } from '../../../src/services/clock.ts';
import { createBotRest } from '../../../src/services/discord/rest.ts';
import { createBalanceNotice } from '../../../src/services/host/balance-notice.ts';
import { createHost } from '../../../src/services/host/host.ts';
import { soleProcess } from '../../../src/services/storage/sqlite/processes.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const log = createSilentLog();

let discord: DiscordStandIn;
let spaces: Map<string, Map<string, unknown>>;
beforeEach(async () => {
  discord = await createDiscordStandIn({ token: 'token' });
  spaces = new Map();
});
afterEach(() => discord.close());

/** The notice as one process has it; all share the records. */
function notice(below = 5) {
  const rest = createBotRest({ api: discord.apiUrl, retries: 0, token: 'token', processes: soleProcess, clock });
  const collection = (namespace: string) => {
    const records = spaces.get(namespace) ?? new Map<string, unknown>();
    spaces.set(namespace, records);
    return {
      get: (id: string) => Promise.resolve(records.get(id)),
      set: (id: string, value: unknown) => Promise.resolve(void records.set(id, value)),
      delete: (id: string) => Promise.resolve(records.delete(id)),
    };
  };
  const store = { collection } as unknown as Store;
  const tell = createBalanceNotice({ below, store, rest, host: createHost({ rest, clock, log }), clock, log });
  return (usd: number) => tell({ balance: Math.round(usd * 1e6) });
}

const told = () => discord.directMessages(discord.host).map(({ content }) => content);

test('a balance that falls below what was set is told once, with both numbers and what to do', async () => {
  const read = notice();
  await read(5);
  expect(told()).toEqual([]);
  await read(4.99);
  await read(4.2);
  await read(0);
  expect(told()).toHaveLength(1);
  expect(told()[0]).toMatch(/\*\*\$4\.99\*\*.*\*\*\$5\.00\*\*.*BALANCE_WARNING_USD.*https:\/\/www\.runcomfy\.com/);
});

test('a restart does not repeat it, nor does another process', async () => {
  await notice()(1);
  await notice()(0.9);
  await Promise.all([notice()(0.8), notice()(0.8)]);
  expect(told()).toHaveLength(1);
});

test('processes that find it fallen in the same moment tell it once, the first time and the next', async () => {
  await Promise.all([notice()(4), notice()(4), notice()(4)]);
  expect(told()).toHaveLength(1);
  await Promise.all([notice()(6), notice()(6)]);
  await Promise.all([notice()(4), notice()(4)]);
  expect(told()).toHaveLength(2);
});

test('it is told again once the balance has been above', async () => {
  await notice()(1);
  await notice()(20);
  await notice()(4);
  await notice()(3);
  expect(told()).toHaveLength(2);
});

test('with 0 nothing is ever told', async () => {
  const read = notice(0);
  await read(0);
  await read(-1);
  expect(told()).toEqual([]);
});
