/** Discord's world with one process in it, and nothing that goes wrong unless a test says so. */
import { Events, type Interaction } from 'discord.js';
import { createDiary } from '../../../simulator/kernel/diary.ts';
import { createProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { createVirtualTime } from '../../../simulator/kernel/virtual-time.ts';
import type { Act, Person, Plan } from '../../../simulator/plan.ts';
import { APPLICATION_ID, createDiscordWorld } from '../../../simulator/world/discord/discord.ts';
import { Multipart } from '../../../src/services/discord/multipart.ts';

const PEOPLE: Person[] = [
  { name: 'ada', guild: 'harbour', role: 'admin' },
  { name: 'kit', guild: 'harbour', role: 'moderator' },
];

const DEFINITIONS = [
  {
    name: 'seedream',
    options: [
      { name: 'prompt', type: 3, required: true, max_length: 100, autocomplete: true },
      { name: 'count', type: 4, min_value: 1, max_value: 15 },
      { name: 'private', type: 5 },
    ],
  },
  {
    name: 'limits',
    options: [{ name: 'role', type: 1, options: [{ name: 'role', type: 8, required: true }] }],
  },
];

type Command = Extract<Act, { kind: 'command' }>;

/** A world in which the commands are registered and one process is ready. */
export async function createScene({ processes = 1, settled = true } = {}) {
  const random = createRandom(7);
  const time = createVirtualTime(random.of('order'));
  const diary = createDiary({ now: () => time.now(), all: true });
  const plan: Plan = { seed: 7, length: 0, processes, people: PEOPLE, acts: [], faults: [] };
  /** What goes wrong with the next calls that a text is part of; each once. */
  const troubles: { call: string; trouble: string }[] = [];
  const faults = {
    trouble(_: string, call: string) {
      const index = troubles.findIndex((each) => call.includes(each.call));
      return index === -1 ? undefined : troubles.splice(index, 1)[0]?.trouble;
    },
    cutOff: () => false,
    fate: () => undefined,
  };
  const world = createDiscordWorld({ time, random, diary, plan, faults });
  const received: Interaction[] = [];
  let acts = 0;

  function start(name = 'bot 1') {
    const process = createProcess({ name, incarnation: 1, time });
    const client = world.login(process);
    client.on(Events.InteractionCreate, (interaction) => received.push(interaction));
    return { process, client, ...world.connect(process) };
  }

  /** What a call comes to within so long (milliseconds): its answer, or the error it throws. */
  async function outcome(call: Promise<unknown>, within = 5000): Promise<unknown> {
    let result: unknown = 'no answer';
    call.then(
      (value) => (result = value),
      (error: unknown) => (result = error),
    );
    await time.runUntil(time.now() + within);
    return result;
  }

  const bot = start();
  if (settled) {
    await time.runUntil(time.now() + 2000);
    await outcome(bot.botRest.put(`/applications/${APPLICATION_ID}/commands`, { body: DEFINITIONS }), 500);
  }

  /** Does an act at once. @returns its id. */
  function act(facts: { kind: Act['kind'] } & Record<string, unknown>): string {
    acts += 1;
    const id = `act${acts}`;
    world.act({ id, at: 0, ...facts } as unknown as Act);
    return id;
  }

  /** Mo's command in the guild "harbour". @returns the interaction as the bot has it. */
  async function command(changes: Partial<Command> = {}): Promise<{ act: string; interaction: Interaction }> {
    const before = received.length;
    const place = { member: 'mo', guild: 'harbour', channel: 'pictures' };
    const id = act({ kind: 'command', command: 'seedream', ...place, options: { prompt: 'kelp' }, ...changes });
    await time.runUntil(time.now() + 800 + (changes.late ?? 0));
    const interaction = received[before];
    if (interaction === undefined) throw new Error('The interaction has reached nobody');
    return { act: id, interaction };
  }

  /** The first response to an interaction. */
  function respond({ id, token }: Interaction, body: object, signal?: AbortSignal): Promise<unknown> {
    const query = new URLSearchParams({ with_response: 'true' });
    const route = `/interactions/${id}/${token}/callback` as const;
    return bot.acknowledgements.post(route, { body, query, auth: false, ...(signal && { signal }) });
  }

  /** A command whose reply is deferred, and the routes to what it becomes. */
  async function deferred({ flags = 0, ...changes }: Partial<Command> & { flags?: number } = {}) {
    const used = await command(changes);
    await outcome(respond(used.interaction, { type: 5, data: { flags } }), 500);
    const truth = world.interactions.get(used.interaction.id);
    const webhook = `/webhooks/${APPLICATION_ID}/${used.interaction.token}` as const;
    const messages = `/channels/${used.interaction.channelId ?? ''}/messages` as const;
    return {
      ...used,
      replyId: truth?.replyId ?? '',
      webhook,
      original: `${webhook}/messages/@original` as const,
      messages,
    };
  }

  return { time, diary, world, received, troubles, bot, start, act, outcome, command, respond, deferred };
}

/** The body of a message with pictures of these ids, which its embeds show. */
export function gallery(ids: readonly string[], more: object = {}): { body: Multipart; passThroughBody: true } {
  const files = ids.map((id) => ({ name: `${id}.png`, data: [Buffer.from(`\x89PNG pic:${id}`)] }));
  const body = {
    content: 'here they are',
    embeds: files.map(({ name }) => ({ image: { url: `attachment://${name}` } })),
    attachments: files.map(({ name }, id) => ({ id, filename: name })),
    ...more,
  };
  return { body: new Multipart(body, files), passThroughBody: true };
}

/** A row with a button of each custom id. */
export const buttons = (...ids: string[]) => [
  { type: 1, components: ids.map((id) => ({ type: 2, style: 2, label: id.split(':')[0], custom_id: id })) },
];
