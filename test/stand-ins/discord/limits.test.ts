import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn, type Interaction } from '../../../playground/discord/stand-in.ts';
import { connectRaw, createRaw, matching } from './raw.ts';

let standIn: DiscordStandIn;
let raw: ReturnType<typeof createRaw>;

const start = async (options: Partial<Parameters<typeof createDiscordStandIn>[0]> = {}) => {
  standIn = await createDiscordStandIn({ token: 'the.token', ...options });
  raw = createRaw(standIn);
};

afterEach(() => {
  vi.useRealTimers();
  return standIn.close();
});

const times = <Value>(count: number, make: (number: number) => Value): Value[] =>
  Array.from({ length: count }, (_, n) => make(n));
const answered = async (): Promise<Interaction> => {
  const { ana: member } = standIn.members;
  const interaction = standIn.dispatchInteraction({ member, channel: standIn.channels.general, type: 2, data: {} });
  await raw.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { type: 5 });
  return interaction;
};

describe('a bucket', () => {
  it('tells what is left, refuses what is too much and takes more later', async () => {
    await start();
    const path = (name: 'general' | 'pictures') => `/channels/${standIn.channels[name].id}/messages`;
    const answers = await Promise.all(times(6, (n) => raw.post(path('general'), { content: `${n}` })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toEqual({
      message: 'You are being rate limited.',
      code: 0,
      retry_after: refused?.body['retry_after'],
      global: false,
    });
    expect(refused?.body['retry_after']).toBeGreaterThan(0);
    expect(Object.fromEntries(refused?.headers ?? [])).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-bucket': answers[0]?.headers.get('x-ratelimit-bucket'),
      'retry-after': matching(/^[1-5]$/),
    });
    expect((await raw.post(path('pictures'), { content: 'x' })).headers.get('x-ratelimit-remaining')).toBe('4');
    expect(standIn.rateLimited()).toBe(1);
    expect(standIn.messages(standIn.channels.general)).toHaveLength(5);
  });

  it('is counted for each interaction token', async () => {
    await start();
    const [one, other] = [await answered(), await answered()];
    const edit = ({ token }: Interaction) =>
      raw.patch(`/webhooks/${standIn.bot.id}/${token}/messages/@original`, { content: 'x' });
    const statuses = (await Promise.all(times(6, () => edit(one)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await edit(other)).status).toBe(200);
  });
});

describe('the limit of 50 requests a second', () => {
  it('counts what the bot token pays for, and not the interaction routes', async () => {
    await start();
    const exempt = await Promise.all(times(120, answered));
    expect(exempt.every(({ acknowledgement }) => acknowledgement)).toBe(true);
    expect(standIn.rateLimited()).toBe(0);
    const guilds = times(60, (n) => standIn.addGuild({ name: `G${n}` }));
    const answers = await Promise.all(guilds.map(({ id }) => raw.get(`/guilds/${id}`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body).toMatchObject({ global: true });
    expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  });

  it('counts any second, and not one that begins anew', async () => {
    await start();
    const ask = (count: number) =>
      Promise.all(times(count, () => raw.get(`/guilds/${standIn.addGuild({ name: 'G' }).id}`)));
    const began = Date.now();
    // However long the calls take on a busy machine.
    vi.useFakeTimers({ toFake: ['Date'], now: began });
    await ask(1);
    vi.setSystemTime(began + 700);
    await ask(40);
    vi.setSystemTime(began + 1100);
    const statuses = (await ask(20)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  it('can be imposed for a while', async () => {
    await start({ rateLimits: false });
    standIn.globalRateLimit(60_000);
    expect(await raw.get('/users/@me')).toMatchObject({ status: 429, body: { global: true } });
    expect((await answered()).acknowledgement).not.toBeNull();
  });
});

describe('who may ask', () => {
  it('is who has the token, a user agent and the right version', async () => {
    await start();
    expect(await raw.call('GET', '/users/@me', undefined, { authorization: null })).toMatchObject({
      status: 401,
      body: { code: 0 },
    });
    expect((await raw.call('GET', '/users/@me', undefined, { authorization: 'Bot other' })).status).toBe(401);
    expect(await raw.call('GET', '/users/@me', undefined, { headers: { 'user-agent': '' } })).toMatchObject({
      status: 403,
      body: { code: 40333 },
    });
    const headers = { authorization: `Bot ${standIn.token}` };
    expect((await fetch(`${standIn.apiUrl}/users/@me`, { headers })).status).toBe(200);
    expect((await fetch(`${standIn.apiUrl}/v8/users/@me`, { headers })).status).toBe(400);
    expect(await raw.get('/nowhere')).toMatchObject({ status: 404, body: { code: 0, message: '404: Not Found' } });
    expect(await raw.delete('/users/@me')).toMatchObject({ status: 405 });
  });

  it('is nobody any more after 10,000 invalid answers', async () => {
    await start();
    standIn.failNext({ path: /^\/users\/@me$/, status: 403, times: 9_999 });
    const ask = () => raw.get('/users/@me');
    for (let round = 0; round < 100; round += 1) await Promise.all(times(round === 99 ? 99 : 100, ask));
    expect(standIn.invalidAnswers()).toBe(9_999);
    expect((await ask()).status).toBe(200);
    expect((await raw.call('GET', '/users/@me', undefined, { authorization: null })).status).toBe(401);
    const blocked = await ask();
    expect(blocked.status).toBe(429);
    expect(blocked.headers.get('content-type')).toBe('text/html');
  });
});

describe('a fault on demand', () => {
  it('answers as ordered, so often as ordered, to what it matches', async () => {
    await start();
    standIn.failNext({ method: 'GET', path: /^\/users/, status: 502, times: 2 });
    standIn.failNext({ path: /^\/gateway\/bot$/, status: 429, retryAfter: 3 });
    expect((await raw.get('/guilds/1')).status).toBe(404);
    expect([
      (await raw.get('/users/@me')).status,
      (await raw.get('/users/@me')).status,
      (await raw.get('/users/@me')).status,
    ]).toEqual([502, 502, 200]);
    const limited = await raw.get('/gateway/bot');
    expect([limited.body['retry_after'], limited.headers.get('retry-after')]).toEqual([3, '3']);
  });

  it('cuts the connection before acting, or after', async () => {
    await start();
    const path = `/channels/${standIn.channels.general.id}/messages`;
    standIn.failNext({ path: /messages$/, destroy: 'before' });
    await expect(raw.post(path, { content: 'before' })).rejects.toThrow();
    standIn.failNext({ path: /messages$/, destroy: 'after' });
    await expect(raw.post(path, { content: 'after' })).rejects.toThrow();
    expect(standIn.messages(standIn.channels.general).map(({ content }) => content)).toEqual(['after']);
    expect(standIn.requests.map(({ status }) => status)).toEqual([0, 200]);
  });

  it('takes the whole of it down, and up again on the same address', async () => {
    await start({ identifyWindowMs: 0 });
    const client = await connectRaw(standIn);
    client.identify();
    await client.event('READY');
    await standIn.goDown();
    await client.closed;
    await expect(raw.get('/users/@me')).rejects.toThrow();
    await standIn.comeUp();
    expect((await raw.get('/users/@me')).status).toBe(200);
    expect(standIn.sessions()).toMatchObject([{ connected: false }]);
  });
});
