/** Secrets stay where they belong: a run full of faults, and everything that came of it searched for them. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProcessStage, ROOMY, spawnBot } from '../support/bot.ts';
import { gallery, shows } from '../support/waiting.ts';
import {
  ask,
  asked,
  askFaulty,
  eventually,
  expectOneGallery,
  failToken,
  lineAbout,
  press,
  reads,
  words,
} from './scenarios.ts';

/** Tokens that look different in an address: what is searched for is more than their plain text. */
const DISCORD_TOKEN = 'MTIzNDU2.discord+secret/part=.tail&more';
const RUNCOMFY_TOKEN = 'rc-4f1c+secret/part=?&%tail';

/** A secret in every spelling that would give it away. */
function spellings(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const halves = [secret.slice(0, secret.length / 2), secret.slice(secret.length / 2)];
  return [
    secret,
    inJson,
    encodeURIComponent(secret),
    encodeURI(secret),
    base64,
    ...halves,
    ...halves.map(encodeURIComponent),
  ];
}

test('no log line, message or error holds a token, whatever fails', async () => {
  await using stage = await createProcessStage({
    discord: { token: DISCORD_TOKEN },
    runcomfy: { token: RUNCOMFY_TOKEN, held: true },
    environment: { ...ROOMY, DISCORD_TOKEN, RUNCOMFY_TOKEN, LOG_LEVEL: 'trace' },
  });
  const { discord, runcomfy } = stage;
  const said = `Bad header: Authorization: Bearer ${RUNCOMFY_TOKEN} (${encodeURIComponent(RUNCOMFY_TOKEN)})`;

  const refused = await askFaulty(stage, { kind: 'http', status: 400, message: said }, { prompt: 'echoed on refusal' });
  const unknown = await askFaulty(stage, { kind: 'reset' }, { prompt: 'a reset' });
  const rejected = await askFaulty(
    stage,
    { kind: 'error-in-200', errorCode: 400004, message: said },
    { prompt: 'rejected' },
  );
  await Promise.all([reads(refused, 'No pictures'), reads(unknown, 'unknown'), reads(rejected, 'No pictures')]);

  const failed = await asked(stage, { prompt: 'echoed on failure' });
  runcomfy.failNext({ call: 'status', request: failed.requestId, kind: 'http', status: 502, message: said });
  runcomfy.failJob(failed.requestId, { type: 'x', message: said });
  await reads(failed.interaction, 'No pictures');

  // Every way to Discord fails: by its first answer, by token, by the bot's token, by direct message.
  const unanswered = ask(stage, { prompt: 'never acknowledged' });
  failToken(stage, unanswered, 'POST', { status: 500, times: 20 });
  await eventually('the bot to give it up', () => lineAbout(stage, unanswered, 'could not be told'));
  const { interaction, requestId } = await asked(stage, { prompt: 'fifteen through it all', count: 15 });
  await shows(interaction, 'In the queue');
  runcomfy.failNext({ call: 'cancel', request: requestId, kind: 'http', status: 500, times: Infinity });
  press(stage, { interaction, member: discord.members.moderator });
  await eventually('a cancel that fails', () => lineAbout(stage, interaction, 'a cancel failed'));
  failToken(stage, interaction, 'PATCH', { status: 400, code: 50035 });
  // Before the gallery: Discord's refusal of that would be the end of it.
  await eventually('progress that is refused', () => lineAbout(stage, interaction, 'a progress edit failed'));
  discord.failNext({ method: 'POST', path: /^\/channels\/\d+\/messages$/, status: 401 });
  discord.failNext({ method: 'POST', path: /^\/channels\/\d+\/messages$/, status: 403, code: 50013 });
  discord.failNext({ method: 'POST', path: /^\/users\/@me\/channels$/, destroy: 'before', times: 5 });
  runcomfy.failNext({ call: 'asset', request: requestId, kind: 'fake', times: 3 });
  runcomfy.finish(requestId);
  await gallery(interaction);
  await expectOneGallery(stage, interaction, 15);
  await stage.bot.stop();

  const people = [...new Set([failed, { interaction }].map(({ interaction: { user } }) => user))];
  const seen = [
    refused,
    unknown,
    rejected,
    failed.interaction,
    interaction,
    ...people.flatMap((user) => discord.directMessages(user)),
  ].map((shown) =>
    'versions' in shown ? shown.versions.map(words).join('\n') : shown.original?.versions.map(words).join('\n'),
  );
  const everything = `${stage.bot.output()}\n${seen.join('\n')}`;
  expect(everything.split('\n').length).toBeGreaterThan(50);
  expect(everything, 'the faults did strike').toContain('Bad header:');
  const tokens = [refused, unknown, rejected, unanswered, failed.interaction, interaction].map(({ token }) => token);
  for (const secret of [DISCORD_TOKEN, RUNCOMFY_TOKEN, ...tokens]) {
    for (const spelling of spellings(secret)) expect(everything.includes(spelling), spelling).toBe(false);
  }
  expect(runcomfy.leakedTokens).toEqual([]);
});

test('a Discord that cannot be reached, or does not accept the token, learns nothing to the log', async () => {
  const server = createServer((_, response) => {
    response
      .writeHead(401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ code: 0, message: `401: ${DISCORD_TOKEN}` }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'seedream-secrets-'));
  const bot = spawnBot({
    DISCORD_TOKEN,
    RUNCOMFY_TOKEN,
    DISCORD_API_URL: `http://127.0.0.1:${port}/api`,
    STORE_URL: `sqlite://${folder}/store.sqlite`,
    LOG_LEVEL: 'trace',
  });
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toContain('Discord does not accept DISCORD_TOKEN');
  for (const spelling of [...spellings(DISCORD_TOKEN), ...spellings(RUNCOMFY_TOKEN)]) {
    expect(bot.output().includes(spelling), spelling).toBe(false);
  }
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
