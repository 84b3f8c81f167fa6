/** Discord of the simulator: messages by the channel route, files, permissions, limits, and what goes wrong with calls. */
import { expect, test } from 'vitest';
import { APPLICATION_ID, AUTOMOD_WORD } from '../../../simulator/world/discord/discord.ts';
import { Multipart } from '../../../src/services/discord/multipart.ts';
import { buttons, createScene, gallery } from './discord-scene.ts';

test('a nonce makes one message for a few minutes; where that was deleted, it makes none', async () => {
  const scene = await createScene();
  const { messages, interaction } = await scene.deferred();
  const nonce = `${interaction.id}-2`;
  const post = () => scene.bot.botRest.post(messages, { body: { content: 'x', nonce, enforce_nonce: true } });
  const first = (await scene.outcome(post())) as { id: string };
  expect(await scene.outcome(post())).toMatchObject({ id: first.id });
  await scene.outcome(scene.bot.botRest.delete(`${messages}/${first.id}`));
  expect(await scene.outcome(post())).toMatchObject({ code: 10008 });
  await scene.time.runUntil(scene.time.now() + 180_000);
  const later = (await scene.outcome(post())) as { id: string };
  expect(later.id).not.toBe(first.id);
  expect(scene.world.messages.get(first.id)?.deletedAt).toBeGreaterThan(0);
});

test('an edit keeps the files that it lists by id or does not speak of, and drops the others', async () => {
  const scene = await createScene();
  const { original, replyId } = await scene.deferred();
  const edit = (body: object) => scene.outcome(scene.bot.rest.patch(original, { body, auth: false }), 2000);
  const pictures = () => scene.world.messages.get(replyId)?.pictures.map(({ picture }) => picture);
  await scene.outcome(scene.bot.rest.patch(original, { ...gallery(['r1-1', 'r1-2']), auth: false }));
  await edit({ content: 'another line' });
  expect(pictures()).toEqual(['r1-1', 'r1-2']);
  const [, second] = scene.world.messages.get(replyId)?.pictures ?? [];
  await edit({ attachments: [{ id: second?.attachmentId }] });
  expect(pictures()).toEqual(['r1-2']);
  expect(await edit({ attachments: [{ id: '1' }] })).toMatchObject({ code: 50035 });
  await edit({ attachments: [] });
  expect(pictures()).toEqual([]);
});

test('a file that an embed shows stands in its address, and not among the attachments', async () => {
  const scene = await createScene();
  const { original } = await scene.deferred();
  const answer = await scene.outcome(scene.bot.rest.patch(original, { ...gallery(['r1-1']), auth: false }));
  const url: unknown = expect.stringMatching(
    /^https:\/\/cdn\.discordapp\.com\/.*\/r1-1\.png\?ex=[0-9a-f]+&is=[0-9a-f]+&hm=[0-9a-f]+&$/,
  );
  expect(answer).toMatchObject({ attachments: [], embeds: [{ image: { url } }] });
  const loose = await scene.outcome(
    scene.bot.rest.patch(original, { ...gallery(['r1-2'], { embeds: [] }), auth: false }),
  );
  expect(loose).toMatchObject({ embeds: [], attachments: [{ filename: 'r1-2.png' }] });
});

test('what the bot may not, by the codes of the documentation', async () => {
  const scene = await createScene();
  const { messages, replyId } = await scene.deferred();
  const post = (body: object = { content: 'x' }) => scene.outcome(scene.bot.botRest.post(messages, { body }));
  const lacking = (...names: string[]) => scene.act({ kind: 'permissions', channel: 'pictures', lacking: names });

  lacking('SendMessages');
  expect(await post()).toMatchObject({ code: 50013, status: 403 });
  lacking('EmbedLinks');
  expect(await post({ content: 'x', embeds: [{ title: 'y' }] })).toMatchObject({ embeds: [] });
  expect(await post({ embeds: [{ title: 'y' }] })).toMatchObject({ code: 50013 });
  lacking('AttachFiles');
  expect(await scene.outcome(scene.bot.botRest.post(messages, gallery(['r1-1'])))).toMatchObject({ code: 50013 });
  lacking('ReadMessageHistory');
  expect(await scene.outcome(scene.bot.botRest.get(messages))).toEqual([]);
  lacking('ViewChannel');
  expect(await post()).toMatchObject({ code: 50001 });
  lacking();
  expect(await post()).toMatchObject({ content: 'x' });
  scene.act({ kind: 'time_out_bot', guild: 'harbour', for: 60_000 });
  expect(await post()).toMatchObject({ code: 50013 });
  await scene.time.runUntil(scene.time.now() + 60_000);
  expect(await post()).toMatchObject({ content: 'x' });
  scene.act({ kind: 'delete_channel', channel: 'pictures' });
  expect(await post()).toMatchObject({ code: 10003 });
  expect(scene.world.messages.get(replyId)?.deletedAt).toBeGreaterThan(0);
});

test('a locked thread takes no message and no edit', async () => {
  const scene = await createScene();
  const { messages, replyId } = await scene.deferred({ channel: 'thread of pictures' });
  scene.act({ kind: 'archive_thread', channel: 'thread of pictures', archived: true });
  const body = { content: 'x' };
  expect(await scene.outcome(scene.bot.botRest.post(messages, { body }))).toMatchObject({ code: 160005 });
  expect(await scene.outcome(scene.bot.botRest.patch(`${messages}/${replyId}`, { body }))).toMatchObject({
    code: 50083,
  });
});

test('direct messages are for one person, until they take none', async () => {
  const scene = await createScene();
  const { interaction } = await scene.deferred();
  const opened = await scene.outcome(
    scene.bot.botRest.post('/users/@me/channels', { body: { recipient_id: interaction.user.id } }),
  );
  const route = `/channels/${(opened as { id: string }).id}/messages` as const;
  const nonce = `${interaction.id}-1`;
  const body = { content: 'x', nonce, components: buttons(`remove:${interaction.id}`) };
  await scene.outcome(scene.bot.botRest.post(route, { body }));
  expect([...scene.world.messages.values()].at(-1)).toMatchObject({ guild: undefined, onlyFor: interaction.user.id });
  scene.act({ kind: 'press', member: 'mo', of: 'act1', button: 'remove' });
  await scene.time.runUntil(scene.time.now() + 1000);
  expect(scene.received.at(-1)).toMatchObject({ guildId: null, user: { id: interaction.user.id } });
  scene.act({ kind: 'close_direct_messages', member: 'mo' });
  expect(await scene.outcome(scene.bot.botRest.post(route, { body: { content: 'y' } }))).toMatchObject({ code: 50007 });
  const stranger = scene.bot.botRest.post('/users/@me/channels', { body: { recipient_id: '123456789012345678' } });
  expect(await scene.outcome(stranger)).toMatchObject({ code: 10013 });
});

test.each([
  ['a long content', { content: 'x'.repeat(2001) }],
  ['a long description', { embeds: [{ description: 'x'.repeat(4097) }] }],
  ['26 fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] }],
  ['6001 characters', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
  ['an empty embed', { embeds: [{}] }],
  ['an empty field', { embeds: [{ fields: [{ name: 'a', value: ' ' }] }] }],
  ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'a' })) }],
  ['six rows', { content: 'x', components: Array.from({ length: 6 }, (_, index) => buttons(`b:${index}`)[0]) }],
  ['six buttons', { content: 'x', components: buttons('a', 'b', 'c', 'd', 'e', 'f') }],
  ['a custom id twice', { content: 'x', components: buttons('a', 'a') }],
  ['a long label', { content: 'x', components: buttons(`${'a'.repeat(81)}:1`) }],
  ['a long nonce', { content: 'x', nonce: 'x'.repeat(26) }],
])('a message with %s is refused', async (_, body) => {
  const scene = await createScene();
  const { messages } = await scene.deferred();
  expect(await scene.outcome(scene.bot.botRest.post(messages, { body }))).toMatchObject({ code: 50035, status: 400 });
});

test.each([
  ['a file of more than 10 MiB', [10 * 1024 * 1024 + 1]],
  ['files of more than 25 MiB together', [9, 9, 9].map((size) => size * 1024 * 1024)],
])('%s is too large', async (_, sizes) => {
  const scene = await createScene();
  const { messages } = await scene.deferred();
  const files = sizes.map((size, index) => ({ name: `${index}.png`, data: Buffer.alloc(size) }));
  const upload = { body: new Multipart({ content: 'x' }, files), passThroughBody: true };
  const answer = await scene.outcome(scene.bot.botRest.post(messages, upload));
  expect(answer).toMatchObject({ code: 40005, status: 413 });
});

test('a mention notifies somebody unless the message forbids it', async () => {
  const scene = await createScene();
  const { messages } = await scene.deferred();
  const post = (body: object) => scene.outcome(scene.bot.botRest.post(messages, { body }));
  await post({ content: 'to @everyone', allowed_mentions: { parse: [] } });
  await post({ content: 'nobody' });
  await post({ content: 'to <@123456789012345678>' });
  await post({ content: 'to @everyone', allowed_mentions: { parse: ['everyone'] } });
  expect(scene.world.told.map(({ pings = false }) => pings)).toEqual([false, false, true, true]);
});

test('AutoMod refuses a word, an empty message is none, eleven files are too many', async () => {
  const scene = await createScene();
  const { messages } = await scene.deferred();
  const post = (options: object) => scene.outcome(scene.bot.botRest.post(messages, options));
  expect(await post({ body: { content: `some ${AUTOMOD_WORD}` } })).toMatchObject({ code: 200000 });
  expect(await post({ body: { content: ' ' } })).toMatchObject({ code: 50006 });
  const eleven = Array.from({ length: 11 }, (_, index) => `r${index}`);
  expect(await post(gallery(eleven, { embeds: [], attachments: undefined }))).toMatchObject({ code: 30015 });
});

test('calls by the bot’s token wait for their limit by themselves', async () => {
  const scene = await createScene();
  const { messages } = await scene.deferred();
  const begun = scene.time.now();
  const ended: number[] = [];
  for (let number = 1; number <= 11; number += 1) {
    void scene.bot.botRest.post(messages, { body: { content: `${number}` } }).then(() => ended.push(scene.time.now()));
  }
  await scene.time.runUntil(begun + 20_000);
  expect(ended).toHaveLength(11);
  expect((ended[4] ?? 0) - begun).toBeLessThan(2500);
  expect((ended[5] ?? 0) - begun).toBeGreaterThan(5000);
  expect((ended[10] ?? 0) - begun).toBeGreaterThan(10_000);
});

test('a call that is cut off before it arrives is not taken; after, it is; the bot’s token tries again', async () => {
  const scene = await createScene();
  const { original, webhook, messages } = await scene.deferred();
  const content = (text: string) => ({ body: { content: text }, auth: false });
  const told = () => scene.world.told.map(({ text }) => text);
  scene.troubles.push({ call: 'PATCH', trouble: 'reset_before' });
  expect(await scene.outcome(scene.bot.rest.patch(original, content('a')))).toMatchObject({ code: 'ECONNRESET' });
  scene.troubles.push({ call: 'PATCH', trouble: 'reset_after' });
  expect(await scene.outcome(scene.bot.rest.patch(original, content('b')))).toMatchObject({ code: 'ECONNRESET' });
  scene.troubles.push({ call: 'PATCH', trouble: 'http_504_taken' });
  expect(await scene.outcome(scene.bot.rest.patch(original, content('x'.repeat(2001))))).toMatchObject({ status: 504 });
  scene.troubles.push({ call: 'POST', trouble: 'http_502_html' });
  expect(await scene.outcome(scene.bot.rest.post(webhook, content('c')))).toMatchObject({ status: 502 });
  expect(told()).toEqual(['b']);
  for (let times = 1; times <= 3; times += 1) scene.troubles.push({ call: 'POST', trouble: 'http_500' });
  expect(await scene.outcome(scene.bot.botRest.post(messages, { body: { content: 'd' } }))).toMatchObject({
    content: 'd',
  });
  for (let times = 1; times <= 4; times += 1) scene.troubles.push({ call: 'POST', trouble: 'http_500' });
  expect(await scene.outcome(scene.bot.botRest.post(messages, { body: {} }))).toMatchObject({ status: 500 });
});

test('a call that nobody answers is given up after two minutes, taken or not', async () => {
  const scene = await createScene();
  const { original } = await scene.deferred();
  const edit = () => scene.bot.rest.patch(original, { body: { content: 'a' }, auth: false });
  scene.troubles.push({ call: 'PATCH', trouble: 'silent' }, { call: 'PATCH', trouble: 'silent_taken' });
  const first = edit();
  expect(await scene.outcome(first, 119_000)).toBe('no answer');
  expect(await scene.outcome(first)).toMatchObject({ name: 'AbortError' });
  expect(scene.world.told).toEqual([]);
  expect(await scene.outcome(edit(), 121_000)).toMatchObject({ name: 'AbortError' });
  expect(scene.world.told).toHaveLength(1);
});

test('a moderator deletes messages for all, others and private ones stay', async () => {
  const scene = await createScene();
  const shown = await scene.deferred();
  const alone = await scene.deferred({ flags: 64, member: 'kit' });
  const remove = (member: string, of: string) => scene.act({ kind: 'delete_message', member, of });
  remove('mo', shown.act);
  remove('kit', alone.act);
  expect([...scene.world.messages.values()].map(({ deletedAt }) => deletedAt)).toEqual([undefined, undefined]);
  remove('kit', shown.act);
  expect(scene.world.messages.get(shown.replyId)?.deletedAt).toBe(scene.time.now());
  const edit = scene.bot.rest.patch(shown.original, { body: { content: 'a' }, auth: false });
  expect(await scene.outcome(edit)).toMatchObject({ code: 10008 });
});

test('Cloudflare’s 403 is one without a verdict, as code 40333 or as a page', async () => {
  const scene = await createScene();
  const { original } = await scene.deferred();
  const edit = () => scene.outcome(scene.bot.rest.patch(original, { body: { content: 'a' }, auth: false }));
  scene.troubles.push({ call: 'PATCH', trouble: 'cloudflare_403' }, { call: 'PATCH', trouble: 'cloudflare_403_html' });
  expect(await edit()).toMatchObject({ code: 40333, status: 403 });
  expect(await edit()).toMatchObject({ code: undefined, status: 403, name: 'DiscordAPIError[undefined]' });
});

test('an aborted call rejects at once, though what was sent arrives; in a queue it is never sent', async () => {
  const scene = await createScene();
  const { original } = await scene.deferred();
  const controller = new AbortController();
  const { signal } = controller;
  scene.troubles.push({ call: 'PATCH', trouble: 'slow' });
  const sent = scene.bot.rest.patch(original, { body: { content: 'a' }, auth: false, signal });
  const queued = scene.bot.rest.patch(original, { body: { content: 'b' }, auth: false, signal });
  scene.time.after(100, () => {
    controller.abort();
  });
  const outcomes = Promise.allSettled([sent, queued]);
  expect(await scene.outcome(outcomes, 200)).toMatchObject([
    { reason: { name: 'AbortError' } },
    { reason: { name: 'AbortError' } },
  ]);
  await scene.time.runUntil(scene.time.now() + 30_000);
  expect(scene.world.told.map(({ text }) => text)).toEqual(['a']);
});

test('a killed process hears of no answer, and what it had sent stands', async () => {
  const scene = await createScene();
  const { original } = await scene.deferred();
  const call = scene.bot.rest.patch(original, { body: { content: 'a' }, auth: false });
  scene.time.after(1, () => {
    scene.bot.process.kill();
  });
  expect(await scene.outcome(call)).toBe('no answer');
  expect(scene.world.told).toHaveLength(1);
});

test('a call without the bot’s token that needs it is a mistake of the bot’s, and so is a route that is not there', async () => {
  const scene = await createScene();
  await expect(scene.bot.rest.get('/applications/@me')).rejects.toThrow('Expected token');
  await expect(scene.bot.botRest.get('/nowhere')).rejects.toThrow('no route');
  expect(await scene.outcome(scene.bot.botRest.get('/applications/@me'))).toMatchObject({ id: APPLICATION_ID });
});
