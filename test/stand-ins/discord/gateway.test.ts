import { constants, createInflate } from 'node:zlib';
import WebSocket from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { connectRaw, sessionOf } from './raw.ts';

let standIn: DiscordStandIn;

afterEach(() => standIn.close());

const start = async (options: Partial<Parameters<typeof createDiscordStandIn>[0]> = {}) => {
  standIn = await createDiscordStandIn({ token: 'the.token', identifyWindowMs: 0, ...options });
  return standIn;
};

describe('the gateway', () => {
  it('greets, makes ready and answers heartbeats', async () => {
    await start();
    const client = await connectRaw(standIn);
    expect(client.hello.d).toMatchObject({ heartbeat_interval: 41_250 });
    await client.next(({ op }) => op === 11);
    client.identify();
    const ready = await client.event('READY');
    expect(ready).toMatchObject({
      s: 1,
      d: {
        v: 10,
        user: { id: standIn.bot.id, bot: true },
        application: { id: standIn.bot.id },
        guilds: Object.values(standIn.guilds).map(({ id }) => ({ id, unavailable: true })),
        resume_gateway_url: `ws://127.0.0.1:${standIn.port}/resume`,
      },
    });
  });

  it('sends GUILD_CREATE with the GUILDS intent only', async () => {
    await start({ maxConcurrency: 2 });
    const [without, with_] = [await connectRaw(standIn), await connectRaw(standIn)];
    without.identify();
    with_.identify({ intents: 1 });
    await with_.next(({ t, d }) => t === 'GUILD_CREATE' && JSON.stringify(d).includes(standIn.guilds.other.id));
    without.send(1, 1);
    await without.next(({ op }) => op === 11);
    expect(with_.dispatched('GUILD_CREATE')).toHaveLength(2);
    expect(without.dispatched('GUILD_CREATE')).toHaveLength(0);
  });

  it.each([
    ['a wrong token', { token: 'another' }, 4004],
    ['a shard that is none', { shard: [2, 2] }, 4010],
    ['an intent that does not exist', { intents: 1 << 30 }, 4013],
    ['a privileged intent', { intents: 1 << 15 }, 4014],
    ['no intents', { intents: undefined }, 4002],
  ])('closes an IDENTIFY with %s', async (_what, extra, code) => {
    await start();
    const client = await connectRaw(standIn);
    client.identify(extra);
    expect(await client.closed).toBe(code);
    expect(standIn.sessions()).toHaveLength(0);
  });

  it('closes what it cannot take: unknown opcode, no JSON, too long, too early, twice, other versions', async () => {
    await start();
    const closedAfter = async (act: (client: Awaited<ReturnType<typeof connectRaw>>) => void) => {
      const client = await connectRaw(standIn);
      act(client);
      return client.closed;
    };
    expect(
      await closedAfter((client) => {
        client.send(99, {});
      }),
    ).toBe(4001);
    expect(
      await closedAfter((client) => {
        client.socket.send('{');
      }),
    ).toBe(4002);
    expect(
      await closedAfter((client) => {
        client.send(1, 'x'.repeat(4096));
      }),
    ).toBe(4002);
    expect(
      await closedAfter((client) => {
        client.send(3, { since: null, activities: [], status: 'online', afk: false });
      }),
    ).toBe(4003);
    expect(
      await closedAfter((client) => {
        client.identify();
        client.identify();
      }),
    ).toBe(4005);
    const old = new WebSocket(`ws://127.0.0.1:${standIn.port}/?v=6&encoding=json`);
    expect(await new Promise((resolve) => old.on('close', resolve))).toBe(4012);
  });

  it('closes with 4008 after 120 sends in a minute', async () => {
    await start();
    const client = await connectRaw(standIn, { heartbeat: false });
    for (let count = 0; count < 121; count += 1) client.send(1, null);
    expect(await client.closed).toBe(4008);
    expect(client.received.filter(({ op }) => op === 11)).toHaveLength(120);
  });

  it('closes a connection that sends no heartbeat', async () => {
    await start({ heartbeatMs: 100 });
    const client = await connectRaw(standIn, { heartbeat: false });
    client.identify();
    expect(await client.closed).toBe(4009);
  });

  it('lets one shard of a key identify in each window', async () => {
    await start({ identifyWindowMs: 60_000, maxConcurrency: 2 });
    const [first, second, third] = [await connectRaw(standIn), await connectRaw(standIn), await connectRaw(standIn)];
    first.identify({ shard: [0, 4] });
    second.identify({ shard: [1, 4] });
    await Promise.all([first.event('READY'), second.event('READY')]);
    third.identify({ shard: [2, 4] });
    expect(await third.next(({ op }) => op === 9)).toMatchObject({ d: false });
    expect(standIn.identifies()).toBe(2);
  });

  it('replays what was missed, then says RESUMED', async () => {
    await start();
    const first = await connectRaw(standIn);
    first.identify();
    const ready = await first.event('READY');
    standIn.dropGateway();
    await first.closed;
    const { ana } = standIn.members;
    const sent = [1, 2].map(() =>
      standIn.dispatchInteraction({ member: ana, channel: standIn.channels.general, type: 2, data: { name: 'x' } }),
    );
    expect(sent[0]?.deliveredTo).toBe(1);
    const second = await connectRaw(standIn, { path: '/resume' });
    second.send(6, { token: standIn.token, session_id: sessionOf(ready), seq: 1 });
    await second.event('RESUMED');
    expect(second.received.filter(({ op }) => op === 0).map(({ t, s }) => [t, s])).toEqual([
      ['INTERACTION_CREATE', 2],
      ['INTERACTION_CREATE', 3],
      ['RESUMED', 4],
    ]);
  });

  it('refuses to resume a session it does not know, a closed one, or a sequence that was never sent', async () => {
    await start();
    const unknown = await connectRaw(standIn);
    unknown.send(6, { token: standIn.token, session_id: 'none', seq: 0 });
    expect(await unknown.next(({ op }) => op === 9)).toMatchObject({ d: false });
    const first = await connectRaw(standIn);
    first.identify();
    const ready = await first.event('READY');
    const sessionId = sessionOf(ready);
    const ahead = await connectRaw(standIn);
    ahead.send(6, { token: standIn.token, session_id: sessionId, seq: 50 });
    expect(await ahead.closed).toBe(4007);
    first.socket.close(1000);
    await first.closed;
    await standIn.until(() => standIn.sessions().length === 0);
    const late = await connectRaw(standIn);
    late.send(6, { token: standIn.token, session_id: sessionId, seq: 1 });
    expect(await late.next(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it('ends a session that it calls invalid, unless it calls it resumable', async () => {
    await start();
    const client = await connectRaw(standIn);
    client.identify();
    await client.event('READY');
    standIn.invalidateSession(true);
    expect(await client.next(({ op }) => op === 9)).toMatchObject({ d: true });
    expect(standIn.sessions()).toHaveLength(1);
    standIn.invalidateSession(false);
    expect(await client.next(({ op, d }) => op === 9 && d === false)).toBeDefined();
    expect(standIn.sessions()).toHaveLength(0);
  });

  it('sends an interaction to every session that holds the shard of its guild, and to no other', async () => {
    await start();
    const [zero, one, oneAgain] = [await connectRaw(standIn), await connectRaw(standIn), await connectRaw(standIn)];
    zero.identify({ shard: [0, 2] });
    one.identify({ shard: [1, 2] });
    oneAgain.identify({ shard: [1, 2] });
    await Promise.all([zero, one, oneAgain].map((client) => client.event('READY')));
    const shard = Number((BigInt(standIn.guilds.home.id) >> 22n) % 2n);
    const home = standIn.dispatchInteraction({
      member: standIn.members.ana,
      channel: standIn.channels.general,
      type: 2,
      data: {},
    });
    const other = standIn.dispatchInteraction({
      member: standIn.members.stranger,
      channel: standIn.channels.elsewhere,
      type: 2,
      data: {},
    });
    expect([home.deliveredTo, other.deliveredTo].toSorted()).toEqual([1, 2]);
    await zero.event('INTERACTION_CREATE');
    expect(zero.dispatched('INTERACTION_CREATE')).toMatchObject([{ d: { id: shard === 0 ? home.id : other.id } }]);
    for (const client of [one, oneAgain]) {
      await client.event('INTERACTION_CREATE');
      expect(client.dispatched('INTERACTION_CREATE')).toMatchObject([{ d: { id: shard === 1 ? home.id : other.id } }]);
    }
  });

  it('compresses with zlib-stream when asked', async () => {
    await start();
    const socket = new WebSocket(`ws://127.0.0.1:${standIn.port}/?v=10&encoding=json&compress=zlib-stream`);
    const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
    const text = new Promise<string>((resolve) =>
      inflate.once('data', (chunk: Buffer) => {
        resolve(chunk.toString('utf8'));
      }),
    );
    socket.on('message', (data: Buffer, isBinary) => {
      expect(isBinary).toBe(true);
      expect(data.subarray(-4).toString('hex')).toBe('0000ffff');
      inflate.write(data);
    });
    expect(JSON.parse(await text)).toMatchObject({ op: 10 });
  });
});
