/** Discord of the simulator: interactions, their deadline, their tokens, what they make. */
import { expect, test } from 'vitest';
import { buttons, createScene, gallery } from './discord-scene.ts';

test('a command reaches the process; its deferral is filled with pictures, and the truth has them', async () => {
  const scene = await createScene();
  const { interaction, original, replyId } = await scene.deferred();
  expect(interaction.isChatInputCommand() && interaction.options.getString('prompt')).toBe('kelp');
  expect(interaction.appPermissions.has('AttachFiles')).toBe(true);
  expect(scene.world.messages.get(replyId)).toMatchObject({ thinking: true, interaction: interaction.id });
  expect(scene.world.told).toEqual([]);

  await scene.outcome(scene.bot.rest.patch(original, { ...gallery(['r1-1', 'r1-2']), auth: false }));

  const message = scene.world.messages.get(replyId);
  expect(message).toMatchObject({ thinking: false, editedAt: undefined, content: 'here they are' });
  expect(message?.pictures.map(({ picture }) => picture)).toEqual(['r1-1', 'r1-2']);
  expect(scene.world.told).toMatchObject([{ by: 'bot 1', messageId: replyId, text: 'here they are' }]);
});

test('a first response is taken for three seconds from when Discord sent the interaction, and once', async () => {
  const scene = await createScene();
  const { interaction } = await scene.command();
  const answer = await scene.outcome(scene.respond(interaction, { type: 5 }), 500);
  expect(answer).toMatchObject({ interaction: { id: interaction.id, response_message_loading: true } });
  expect(await scene.outcome(scene.respond(interaction, { type: 5 }), 500)).toMatchObject({ code: 40060 });

  const late = await scene.command({ late: 2900 });
  await scene.time.runUntil(scene.time.now() + 300);
  expect(await scene.outcome(scene.respond(late.interaction, { type: 5 }))).toMatchObject({ code: 10062, status: 404 });
  expect(scene.world.interactions.get(late.interaction.id)).toMatchObject({ acknowledgedAt: undefined });
});

test('a token does nothing before the first response, and nothing after fifteen minutes', async () => {
  const scene = await createScene();
  const { interaction } = await scene.command();
  const early = `/webhooks/${interaction.applicationId}/${interaction.token}/messages/@original` as const;
  const edit = () => scene.bot.rest.patch(early, { body: { content: 'x' }, auth: false });
  expect(await scene.outcome(edit(), 500)).toMatchObject({ code: 10015 });
  await scene.outcome(scene.respond(interaction, { type: 5 }), 500);
  expect(await scene.outcome(edit())).toMatchObject({ content: 'x' });
  await scene.time.runUntil(scene.time.now() + 15 * 60_000);
  expect(await scene.outcome(edit())).toMatchObject({ code: 50027, status: 401 });
});

test('after its token a public reply is reached by the channel route, a private one by nothing', async () => {
  const scene = await createScene();
  const shown = await scene.deferred();
  const alone = await scene.deferred({ flags: 64 });
  expect(scene.world.messages.get(alone.replyId)).toMatchObject({ onlyFor: alone.interaction.user.id });
  await scene.time.runUntil(scene.time.now() + 16 * 60_000);
  const edit = ({ messages, replyId }: typeof shown) =>
    scene.bot.botRest.patch(`${messages}/${replyId}`, { body: { content: 'late' } });
  expect(await scene.outcome(edit(shown))).toMatchObject({ content: 'late' });
  expect(await scene.outcome(edit(alone))).toMatchObject({ code: 10008 });
});

test('the first follow-up fills the deferral, the next is a message of its own and may be private', async () => {
  const scene = await createScene();
  const { webhook, replyId, interaction } = await scene.deferred();
  const followUp = (content: string) =>
    scene.outcome(scene.bot.rest.post(webhook, { body: { content, flags: 64 }, auth: false }));
  expect(await followUp('one')).toMatchObject({ id: replyId, flags: 0 });
  expect(await followUp('two')).toMatchObject({ flags: 64 });
  expect([...scene.world.messages.values()].at(-1)).toMatchObject({ onlyFor: interaction.user.id, content: 'two' });
});

test('an interaction for a process that is not there is lost; one for a frozen process waits', async () => {
  const scene = await createScene();
  scene.bot.process.freeze();
  await expect(scene.command()).rejects.toThrow('reached nobody');
  scene.bot.process.thaw();
  await scene.time.runUntil(scene.time.now() + 100);
  expect(scene.received).toHaveLength(1);
  scene.bot.process.kill();
  await expect(scene.command()).rejects.toThrow('reached nobody');
  expect([...scene.world.interactions.values()].at(-1)).toMatchObject({ receivedAt: undefined });
});

test('each guild belongs to one process, and an interaction may come twice', async () => {
  const scene = await createScene({ processes: 2 });
  const second = scene.start('bot 2');
  const came = { first: 0, second: 0 };
  scene.bot.client.on('interactionCreate', () => (came.first += 1));
  second.client.on('interactionCreate', () => (came.second += 1));
  await scene.time.runUntil(scene.time.now() + 2000);
  for (let number = 1; number <= 8; number += 1)
    await scene.command({ guild: `guild ${number}`, channel: `c${number}` });
  expect(came.first).toBeGreaterThan(0);
  expect(came.second).toBeGreaterThan(0);
  expect(came.first + came.second).toBe(8);
  const before = came.first + came.second;
  await scene.command({ times: 3 });
  await scene.time.runUntil(scene.time.now() + 21_000);
  expect(came.first + came.second).toBe(before + 3);
});

test.each([
  ['lost', 0],
  ['late', 1],
  ['replayed', 2],
])('an interaction that is %s comes %i times', async (trouble, times) => {
  const scene = await createScene();
  scene.troubles.push({ call: 'act', trouble });
  await scene.command().catch(() => undefined);
  await scene.time.runUntil(scene.time.now() + 21_000);
  expect(scene.received).toHaveLength(times);
  const [truth] = scene.world.interactions.values();
  expect((truth?.receivedAt ?? 0) - (truth?.at ?? 0) > 500).toBe(trouble === 'late');
});

test('a press finds the newest message with the button that its member sees, and one just replaced', async () => {
  const scene = await createScene();
  const { act, interaction, original, replyId } = await scene.deferred({ flags: 64 });
  const cancel = `cancel:${interaction.id}`;
  const show = (components: object[]) =>
    scene.outcome(scene.bot.rest.patch(original, { body: { content: 'x', components }, auth: false }), 300);
  await show(buttons(cancel));

  scene.act({ kind: 'press', member: 'kit', of: act, button: 'cancel' });
  await scene.time.runUntil(scene.time.now() + 1000);
  expect(scene.received).toHaveLength(1);
  const press = scene.act({ kind: 'press', member: 'mo', of: act, button: 'cancel' });
  await scene.time.runUntil(scene.time.now() + 1000);
  const pressed = scene.received[1];
  expect(pressed?.isButton() && pressed.customId).toBe(cancel);
  expect(pressed?.isButton() && pressed.message.id).toBe(replyId);
  expect(pressed?.isButton() && pressed.message.flags.has('Ephemeral')).toBe(true);

  await show([]);
  scene.act({ kind: 'press', member: 'mo', of: act, button: 'cancel' });
  await scene.time.runUntil(scene.time.now() + 3000);
  scene.act({ kind: 'press', member: 'mo', of: act, button: 'cancel' });
  await scene.time.runUntil(scene.time.now() + 1000);
  expect(scene.received).toHaveLength(3);
  expect(scene.world.interactions.get(pressed?.id ?? '')).toMatchObject({ act: press, kind: 'button', name: cancel });
});

test('a form that a press has shown is sent with what was typed and what stood there', async () => {
  const scene = await createScene();
  const { act, interaction, original } = await scene.deferred();
  const components = buttons(`edit:${interaction.id}`);
  await scene.outcome(scene.bot.rest.patch(original, { body: { content: 'x', components }, auth: false }), 300);
  const press = scene.act({ kind: 'press', member: 'mo', of: act, button: 'edit' });
  await scene.time.runUntil(scene.time.now() + 1000);
  const options = ['1', '2'].map((value) => ({ label: value, value, default: value === '2' }));
  const inputs = [
    { type: 18, label: 'Prompt', component: { type: 4, custom_id: 'prompt', style: 2, value: 'kelp' } },
    { type: 18, label: 'Count', component: { type: 3, custom_id: 'count', options } },
  ];
  const data = { custom_id: `edit:${interaction.id}`, title: 'Edit', components: inputs };
  const pressed = scene.received[1];
  if (pressed === undefined) throw new Error('No press');
  await scene.outcome(scene.respond(pressed, { type: 9, data }), 500);
  scene.act({ kind: 'send_form', member: 'mo', of: press, fields: { prompt: 'more kelp' }, marker: 'kelp' });
  await scene.time.runUntil(scene.time.now() + 1000);
  const form = scene.received[2];
  expect(form?.isModalSubmit() && form.fields.getTextInputValue('prompt')).toBe('more kelp');
  expect(form?.isModalSubmit() && form.fields.getStringSelectValues('count')).toEqual(['2']);
});

test('what a client would not send is not sent; a role is resolved; roles and rank come with each use', async () => {
  const scene = await createScene();
  await expect(scene.command({ options: { prompt: 'kelp', count: 16 } })).rejects.toThrow('reached nobody');
  await expect(scene.command({ options: {} })).rejects.toThrow('reached nobody');
  scene.act({ kind: 'roles', member: 'ada', guild: 'harbour', roles: ['painters'] });
  const options = { subcommand: 'role', role: 'painters' };
  const { interaction } = await scene.command({ command: 'limits', member: 'ada', options });
  expect(interaction.isChatInputCommand() && interaction.options.getRole('role')?.name).toBe('painters');
  expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true);
  expect(scene.diary.lines().filter(({ what }) => what.includes('in vain'))).toHaveLength(2);
});
