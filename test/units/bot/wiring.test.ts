/** The whole bot in memory: built from what is handed in, a job goes through it without a socket or a process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Events, PermissionFlagsBits, type Interaction, type REST } from 'discord.js';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { createBot } from '../../../src/bot/wiring.ts';
import { loadConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/services/log.ts';
import { knowModel } from '../../../src/services/models/models.ts';
import { noMonitoring } from '../../../src/services/monitoring/monitoring.ts';
import type { RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';
import { openSqliteStorage } from '../../../src/services/storage/sqlite/open.ts';
import { createPassingClock } from '../../support/clock/passing-clock.ts';
import { pictureOf } from '../../support/picture.ts';

const log = createLog({ level: 'silent', secrets: [] });
const config = loadConfig({ DISCORD_TOKEN: 'a-discord-token', RUNCOMFY_TOKEN: 'a-key' });
const INTERACTION = '1574318992691036160';
const REPLY = '1574318992691036161';

/** A call of Discord's API as the bot made it. */
interface RestCall {
  method: string;
  route: string;
  body: unknown;
}

/** Discord's REST, which takes whatever it is told. */
function createDiscord() {
  const calls: RestCall[] = [];
  const take =
    (method: string) =>
    (route: string, options: { body?: unknown } = {}) => {
      calls.push({ method, route, body: options.body });
      if (route.endsWith('/callback')) return Promise.resolve({ interaction: { response_message_id: REPLY } });
      if (method === 'get') return Promise.resolve([]);
      return Promise.resolve({ id: REPLY, channel_id: '1', attachments: [], embeds: [] });
    };
  const methods = ['get', 'post', 'put', 'patch', 'delete'];
  const rest = Object.fromEntries(methods.map((method) => [method, take(method)])) as unknown as REST;
  return { calls, rest };
}

/** RunComfy's HTTP, where each look finds a request one state further. */
function createRunComfy(): RunComfyHttp & { submitted: unknown[] } {
  const submitted: unknown[] = [];
  const states = ['in_queue', 'in_progress', 'completed'];
  const answer = (body: unknown) => Promise.resolve({ httpStatus: 200, retryAfter: undefined, body });
  return {
    submitted,
    submit(call) {
      submitted.push(JSON.parse(call.body ?? ''));
      return answer({ request_id: 'request-1' });
    },
    send({ name }) {
      if (name === 'status') return answer({ status: states.shift() ?? 'completed' });
      return answer({ status: 'succeeded', output: { images: ['https://pictures.example/1.png'] } });
    },
    close: () => Promise.resolve(),
  };
}

/** `/seedream prompt:a quiet harbour count:1`, as the gateway brings it. */
const PACKET = {
  id: INTERACTION,
  application_id: '1574318983924940800',
  type: 2,
  token: 'a-token',
  version: 1,
  guild_id: '1563446109798400000',
  channel_id: '1574318983924940806',
  channel: { id: '1574318983924940806', type: 0 },
  locale: 'en-US',
  guild_locale: 'en-US',
  app_permissions: String(PermissionFlagsBits.Administrator),
  attachment_size_limit: 10 * 1024 * 1024,
  member: {
    user: { id: '1574318983924940801', username: 'mo', discriminator: '0', avatar: null },
    roles: [],
    permissions: '0',
    joined_at: '2026-01-01T00:00:00Z',
    deaf: false,
    mute: false,
    flags: 0,
  },
  data: {
    id: '1574318983924940899',
    name: 'seedream',
    type: 1,
    options: [
      { name: 'prompt', type: 3, value: 'a quiet harbour' },
      { name: 'count', type: 4, value: 1 },
    ],
  },
};

/** Hands a packet to discord.js as its gateway connection does. */
function receive(client: Client, d: object): void {
  const packet = { t: 'INTERACTION_CREATE', d };
  client.emit(Events.Raw as never, packet as never, 0 as never);
  const { actions } = client as unknown as {
    actions: { InteractionCreate: { handle: (data: object) => Interaction } };
  };
  actions.InteractionCreate.handle(packet.d);
}

test('a job goes from the interaction to the gallery through ports alone', async () => {
  const clock = createPassingClock();
  const client = new Client({ intents: [] });
  const folder = mkdtempSync(join(tmpdir(), 'wiring-'));
  const path = join(folder, 'store.sqlite');
  const storage = openSqliteStorage({ path, retention: config.retention, clock, log });
  const discord = createDiscord();
  const runComfyHttp = createRunComfy();
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#88aacc' } })
    .png()
    .toBuffer();
  const bot = createBot({
    config,
    ports: {
      storage,
      client,
      acknowledgements: discord.rest,
      rest: discord.rest,
      botRest: discord.rest,
      runComfyHttp,
      knowModel,
      downloads: {
        allows: () => true,
        download: () => Promise.resolve(pictureOf(bytes, { format: 'png', width: 8, height: 8 })),
      },
      drawChart: () => Promise.reject(new Error('Nobody asks for one')),
      monitoring: noMonitoring,
      clock,
      random: () => 0.5,
      log,
    },
  });
  onTestFinished(async () => {
    await bot.stop(1000);
    await storage.close();
    clock.end();
    rmSync(folder, { recursive: true });
  });

  bot.start();
  receive(client, PACKET);

  const gallery = () => discord.calls.filter(({ method, body }) => method === 'patch' && !isPlain(body));
  await expect
    .poll(
      () => {
        // The bot looks again only after seconds.
        clock.pass(500);
        return gallery().length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  expect(discord.calls[0]).toMatchObject({ method: 'post', body: { type: 5 } });
  expect(discord.calls[0]?.route).toContain(`/interactions/${INTERACTION}/`);
  expect(gallery()[0]?.route).toContain('/webhooks/1574318983924940800/');
  expect(runComfyHttp.submitted).toEqual([
    {
      text: 'Generate 1 image: a quiet harbour',
      sequential_image_generation_options: 1,
      image_size: '2560:1440 (16:9)',
      seed: Math.floor(0.5 * 2 ** 31),
      optimize_prompt_options: 'fast',
      sequential_image_generation: 'auto',
    },
  ]);
  await expect
    .poll(() => bot.sources.ledger.usage('1563446109798400000', '', clock.now()))
    .toMatchObject({
      guildActiveJobs: 0,
      guildDailyImages: 1,
    });
});

/** Whether a body is an object as JSON has it, and not an upload. */
function isPlain(body: unknown): boolean {
  return Object.getPrototypeOf(body) === Object.prototype;
}
