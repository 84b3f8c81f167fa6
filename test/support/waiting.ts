/** What a member sees, and waiting for it. */
import { expect } from 'vitest';
import type { Embed, Interaction, Message, MessageVersion } from '../../playground/discord/stand-in.ts';
import type { Stage } from './bot.ts';

/** How long a test waits for one thing, in milliseconds: the machine may be busy, and looks are up to 5 s apart. */
export const PATIENCE = 45_000;

/** Discord's flag of a "thinking ..." message, and of one that a single person sees. */
const LOADING = 1 << 7;
const EPHEMERAL = 1 << 6;

/** The embeds of a message that show a picture, in order. */
export function pictureEmbeds({ embeds }: Pick<MessageVersion, 'embeds'>): Embed[] {
  return embeds.filter(({ image }) => image !== undefined && image !== null);
}

/** The numbers of the pictures in a message, in order, as its files name them. */
export function pictureNumbers({ attachments }: Pick<MessageVersion, 'attachments'>): number[] {
  return attachments.map(({ filename }) => Number(/-(\d+)\.\w+$/.exec(filename)?.[1]));
}

/** What a message's quiet line says below the pictures, fact by fact. */
export function facts({ embeds }: Pick<MessageVersion, 'embeds'>): string[] {
  return (embeds.findLast(({ footer }) => footer)?.footer?.text ?? '').split(' · ');
}

/** What a reply says of where its job stands: its headline, or the line below the prompt; nothing while it is "thinking ...". */
export function title({ embeds }: Pick<MessageVersion, 'embeds'>): string {
  const [embed] = embeds;
  return embed?.title ?? embed?.description?.split('\n\n')[1] ?? '';
}

/** The labels of the buttons under a message. */
export function buttons({ components }: Pick<MessageVersion, 'components'>): string[] {
  return components.flatMap((row) => row.components ?? []).flatMap(({ label }) => label ?? []);
}

/** The job's reply, which must be there. */
export function replyOf({ original }: Interaction): Message {
  if (original === null) throw new Error('There is no reply');
  return original;
}

/** Waits until the reply's headline holds this text. */
export async function shows(interaction: Interaction, text: string): Promise<Message> {
  await interaction.until(({ original }) => original !== null && title(original).includes(text), PATIENCE);
  return replyOf(interaction);
}

/** Waits until the reply is a gallery. */
export async function gallery(interaction: Interaction): Promise<Message> {
  await interaction.until(({ original }) => original !== null && pictureEmbeds(original).length > 0, PATIENCE);
  return replyOf(interaction);
}

/** The messages that hold a job's pictures, in order, public ones and those that this person sees. */
export function galleryMessages({ discord }: Stage, interaction: Interaction): Message[] {
  return discord
    .messages(interaction.channel, { as: interaction.user })
    .filter(({ attachments }) => attachments.some(({ filename }) => filename.includes(`-${interaction.id}-`)));
}

/** Waits until a job's gallery holds so many pictures over all its messages. */
export async function wholeGallery(stage: Stage, interaction: Interaction, pictures: number): Promise<Message[]> {
  const held = () => galleryMessages(stage, interaction).flatMap(pictureNumbers).length;
  await stage.discord.until(() => held() >= pictures, PATIENCE);
  return galleryMessages(stage, interaction);
}

/** Waits for the sentence that tells a person alone; nothing of it may be left for others. */
export async function refusal(stage: Stage, interaction: Interaction): Promise<string> {
  const told = () =>
    [interaction.original, ...interaction.followUps].find(
      (message) =>
        message !== null && !message.deleted && (message.flags & EPHEMERAL) !== 0 && (message.flags & LOADING) === 0,
    );
  await interaction.until(() => told() !== undefined, PATIENCE);
  const trace = stage.discord
    .messages(interaction.channel)
    .filter((message) => message.interaction === interaction && message.visibleTo === null);
  expect(trace, 'nobody else sees anything of it').toEqual([]);
  return told()?.content ?? '';
}

/** The times between a message's edits, in milliseconds; what it was first is no edit. */
export function editGaps({ versions }: Message): number[] {
  const times = versions.slice(1).map(({ at }) => at);
  return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

/** Fails unless every request the bot made was one that Discord and RunComfy take, and no secret went astray. */
export function expectCleanConduct({ discord, runcomfy }: Stage): void {
  const refused = discord.requests.filter(({ status }) => status >= 400);
  expect(refused, 'requests that Discord refused').toEqual([]);
  expect(runcomfy.violations).toEqual([]);
  expect(runcomfy.leakedTokens).toEqual([]);
}

/** What a person alone was told after an interaction was acknowledged. */
export function toldAlone({ followUps }: Interaction): string[] {
  return followUps.map(({ content }) => content);
}
