/** What the tests of faults share: members who ask, what they read in the end, and what the ledger says. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type {
  Channel,
  Fault,
  Interaction,
  Member,
  Message,
  MessageVersion,
} from '../../playground/discord/stand-in.ts';
import type { ApiFault } from '../../playground/runcomfy/stand-in.ts';
import type { Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { PATIENCE, pictureNumbers, replyOf, shows } from '../support/waiting.ts';

/** Waits until the probe finds something. (`expect.poll` knows no test among concurrent ones.) */
export async function eventually<T>(what: string, probe: () => T | undefined): Promise<T> {
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    const found = probe();
    if (found !== undefined) return found;
    await delay(20);
  }
  throw new Error(`Waited ${PATIENCE} ms in vain for ${what}`);
}

export interface Request {
  prompt: string;
  count?: number;
  member?: Member;
  channel?: Channel;
  private?: boolean;
}

/** A member asks for pictures: one who has asked for nothing before, unless named. */
export function ask({ discord }: Stage, { member, channel, ...options }: Request): Interaction {
  return discord.command({
    member: member ?? discord.addMember(discord.guilds.home, {}),
    channel: channel ?? discord.channels.general,
    name: 'seedream',
    options: { count: 1, ...options },
  });
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Does this while nothing else that is done so is under way. Submits are: RunComfy can be ordered to fail the next one,
 * but not whose it is, so each is awaited before the next.
 */
export function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const acting = turn.then(act, act);
  turn = acting;
  return acting;
}

/** Asks in turn, and waits for RunComfy's job of it. */
export function asked(stage: Stage, request: Request): Promise<{ interaction: Interaction; requestId: string }> {
  return inTurn(async () => {
    const interaction = ask(stage, request);
    const { requestId } = await submitted(stage, request.prompt);
    return { interaction, requestId };
  });
}

/** Asks while RunComfy is ordered to fail the next submits; resolves when it has. */
export async function askFaulty(
  stage: Stage,
  fault: ApiFault & { times?: number },
  request: Request,
): Promise<Interaction> {
  const planned = stage.runcomfy.failNext({ ...fault, call: 'submit' });
  const interaction = ask(stage, request);
  await eventually('the fault at submit', () => planned.applied === (fault.times ?? 1) || undefined);
  return interaction;
}

/** The same in turn, for faults after which nothing is sent again. */
export function askWith(stage: Stage, fault: ApiFault, request: Request): Promise<Interaction> {
  return inTurn(() => askFaulty(stage, fault, request));
}

/** Every word that a message shows. */
export function words({ content, embeds }: Pick<MessageVersion, 'content' | 'embeds'>): string {
  const texts = embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...texts].filter((text) => text !== undefined && text !== null).join('\n');
}

/** Waits until the reply's headline holds this text; gives every word of the reply. */
export async function reads(interaction: Interaction, headline: string): Promise<string> {
  return words(await shows(interaction, headline));
}

/** What the ledger made of a job's reservation: `held`, `settled` or `released`; `undefined` where it has none. */
export function reservation({ environment }: Stage, { id }: Interaction): string | undefined {
  const database = new DatabaseSync(storeFile(environment), { readOnly: true, timeout: 5000 });
  try {
    const state = database.prepare('SELECT state FROM reservations WHERE job_id = ?').get(id)?.['state'];
    return typeof state === 'string' ? state : undefined;
  } finally {
    database.close();
  }
}

/** Waits until the ledger has made this of the reservation. */
export async function expectReservation(stage: Stage, interaction: Interaction, state: string): Promise<void> {
  await eventually(`a reservation that is ${state}`, () => reservation(stage, interaction) === state || undefined);
}

/** The database file of a stage's store. */
export function storeFile(environment: Record<string, string>): string {
  return (environment['STORE_URL'] ?? '').replace('sqlite://', '');
}

/** A member presses the button of this action under a job's reply. */
export function press(
  stage: Stage,
  {
    member,
    interaction,
    action = 'cancel',
    message,
  }: {
    member?: Member;
    interaction: Interaction;
    action?: string;
    message?: Message;
  },
): Interaction {
  return stage.discord.press({
    member: member ?? interaction.member ?? stage.discord.members.ana,
    message: message ?? replyOf(interaction),
    customId: `${action}:${interaction.id}`,
  });
}

/** Fails unless the process lives and nothing went unhandled but so many rejections. */
export function expectUnharmed({ bot }: Stage, rejections = 0): void {
  expect(bot.runs(), 'the bot runs').toBe(true);
  const defects = /a rejection nobody handled|an exception nobody caught|a step failed unexpectedly/;
  const met = bot
    .output()
    .split('\n')
    .filter((line) => defects.test(line));
  expect(met.slice(rejections), 'what nobody handled').toEqual([]);
}

/** Every picture of the job stands in Discord once, in its channel or among the person's direct messages. */
export async function expectOneGallery(stage: Stage, interaction: Interaction, count: number): Promise<void> {
  const { discord } = stage;
  const held = () =>
    [...discord.messages(interaction.channel, { as: interaction.user }), ...discord.directMessages(interaction.user)]
      .filter(({ attachments }) => attachments.some(({ filename }) => filename.includes(`-${interaction.id}-`)))
      .flatMap(pictureNumbers);
  await discord.until(() => held().length >= count, PATIENCE);
  await expectReservation(stage, interaction, 'settled');
  expect(held()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
}

/** The line of the bot's output about this interaction that holds one of these texts (a regular expression). */
export function lineAbout({ bot }: Stage, { id }: Interaction, texts: string): string | undefined {
  const lines = bot.output().split('\n');
  return lines.find((line) => line.includes(id) && new RegExp(texts).test(line));
}

/** Discord fails the next calls of this method by this interaction's token. */
export function failToken(
  { discord }: Stage,
  { token }: Interaction,
  method: string,
  fault: Omit<Fault, 'path' | 'method'>,
): void {
  discord.failNext({ method, path: new RegExp(token), ...fault });
}
