/** The host hears by direct message that the pictures of a month reach the ceiling over all servers; who the host is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createCeilingNotice } from '../../../src/services/host/ceiling-notice.ts';
import { createBotRest } from '../../../src/services/discord/rest.ts';
import { createHost, type Host } from '../../../src/services/host/host.ts';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import { createSqliteLedger } from '../../../src/services/storage/sqlite/ledger.ts';
import { soleProcess } from '../../../src/services/storage/sqlite/processes.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { reservation, UNLIMITED } from '../../support/sample-reservation.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

const logged: unknown[] = [];
const note = (...line: unknown[]) => void logged.push(line);
const log = { debug: note, info: note, warn: note, error: note, fatal: note } as never;

let folder: string;
let database: Database;
let ledger: Ledger;
let discord: DiscordStandIn;
let now: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ceiling-'));
  database = openDatabase({ clock: systemClock, path: join(folder, 'store.sqlite') });
  ledger = createSqliteLedger({ database });
  discord = await createDiscordStandIn({ token: 'token' });
  now = NOW;
  logged.length = 0;
});
afterEach(async () => {
  await discord.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

const clock = { ...systemClock, now: () => now };
const restOf = () => createBotRest({ api: discord.apiUrl, retries: 0, token: 'token', processes: soleProcess, clock });

/** The notice as one process has it. */
function notice({ host, rest = restOf() }: { host?: Host; rest?: ReturnType<typeof restOf> } = {}) {
  const store = createStore({
    clock: systemClock,
    adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
    log,
  });
  return createCeilingNotice({
    ceiling: 100,
    ledger,
    store,
    rest,
    host: host ?? createHost({ rest, clock, log }),
    clock,
    log,
    retryAfter: [10, 10],
  });
}

let jobs = 0;
const use = (images: number, at = now) =>
  ledger.reserve(reservation(`job${(jobs += 1)}`, { images, at, guildId: `guild${jobs}` }), UNLIMITED);
const told = () => discord.directMessages(discord.host).map(({ content }) => /(\d+) %/.exec(content)?.[1]);

describe('the host', () => {
  it('hears at 80 % and at 100 %, once each, with the numbers and without a ping', async () => {
    const ceiling = notice();
    await use(79);
    await ceiling.check(now);
    expect(told()).toEqual([]);
    await use(1);
    await ceiling.check(now);
    await ceiling.check(now);
    expect(told()).toEqual(['80']);
    await use(20);
    await Promise.all([1, 2, 3].map(() => ceiling.check(now)));
    expect(told()).toEqual(['80', '100']);
    const [first] = discord.directMessages(discord.host);
    expect(first?.content).toContain('**80** of the **100** pictures');
    expect(first?.content).toContain('<t:1796083200:R>');
    expect(first?.pings).toEqual({ everyone: false, users: [], roles: [] });
  });

  it('hears once, however many processes check at the same moment, and again only in the next month', async () => {
    await use(80);
    await Promise.all([notice(), notice(), notice()].map((process) => process.check(now)));
    expect(told()).toEqual(['80']);
    now = Date.UTC(2026, 11, 1);
    await notice().check(now);
    expect(told()).toEqual(['80']);
    await use(85);
    await notice().check(now);
    expect(told()).toEqual(['80', '80']);
  });

  it('hears when a process died while it told, and not once more when it had', async () => {
    await use(80);
    const rest = restOf();
    const stuck = new Promise<never>(() => undefined);
    void notice({ rest, host: { users: () => stuck, has: () => stuck } }).check(now);
    await expect
      .poll(() =>
        database.read(() => database.prepare('SELECT 1 FROM records WHERE namespace = ?').get('ceiling-notices')),
      )
      .toBeDefined();
    now += MINUTE / 2;
    await notice().check(now);
    expect(told()).toEqual(['80']);
    now += 10 * MINUTE;
    await notice().check(now);
    expect(told()).toEqual(['80']);
  });

  it('hears after a try that failed, by the next one', async () => {
    await use(80);
    discord.failNext({ method: 'POST', path: /^\/users\/@me\/channels$/, status: 503 });
    discord.failNext({ method: 'POST', path: /^\/channels\/\d+\/messages$/, destroy: 'after' });
    await notice().check(now);
    expect(told(), 'what was taken, though the answer got lost, is not posted again').toEqual(['80']);
    expect(JSON.stringify(logged)).toContain('could not be told');
  });
});

describe('who hosts the bot', () => {
  const answering = (body: unknown) => ({ get: () => Promise.resolve(body) });
  const user = (id: string) => ({ id, username: `user${id}` });

  it('is the owner of the application', async () => {
    const host = createHost({ rest: restOf(), clock, log });
    expect(await host.users()).toEqual([discord.host.id]);
    expect(await host.has(discord.members.ana.user.id)).toBe(false);
  });

  it('is the team where one owns it, its owner first, without those who were only invited', async () => {
    const members = [
      { user: user('12'), membership_state: 2 },
      { user: user('11'), membership_state: 2 },
      { user: user('13'), membership_state: 1 },
    ];
    const rest = answering({ owner: user('99'), team: { owner_user_id: '11', members } });
    expect(await createHost({ rest, clock, log }).users()).toEqual(['11', '12']);
  });

  it('is asked for now and then, and stays known while Discord does not tell', async () => {
    let asked = 0;
    const answers = [{ owner: user('1'), team: null }, undefined, { owner: user('2'), team: null }];
    const rest = { get: () => Promise.resolve(answers[asked++]) };
    const host = createHost({ rest, clock, log });
    expect(await Promise.all([host.has('1'), host.has('1')])).toEqual([true, true]);
    expect(asked).toBe(1);
    now += 11 * MINUTE;
    expect(await host.has('1'), 'the answer was broken').toBe(true);
    expect(await host.users()).toEqual(['2']);
  });
});
