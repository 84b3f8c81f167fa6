/** Private answers as one person sees them. */
import { expect } from 'vitest';
import type { Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import type { Stage } from './bot.ts';
import { PATIENCE } from './waiting.ts';

const LOADING = 1 << 7;

/** Waits for a command's answer, which nobody else may see. */
export async function privateAnswer(interaction: Interaction): Promise<Message> {
  const told = () => {
    const { original } = interaction;
    return original === null || (original.flags & LOADING) !== 0 ? undefined : original;
  };
  await interaction.until(() => told() !== undefined, PATIENCE);
  expect(interaction.acknowledgement?.afterMs).toBeLessThan(3000);
  const message = told();
  expect(message?.visibleTo).toBe(interaction.user);
  if (message === undefined) throw new Error('There is no answer');
  return message;
}

/** Uses a command without options and waits for its private answer. */
export async function use(
  { discord }: Stage,
  member: Member,
  name: string,
  channel = discord.channels.general,
): Promise<Message> {
  return privateAnswer(discord.command({ member, channel, name }));
}

/** The custom ids of the buttons under a message. */
export function customIds({ components }: Pick<Message, 'components'>): string[] {
  return components.flatMap((row) => row.components ?? []).flatMap(({ custom_id: customId }) => customId ?? []);
}

/** Presses the button whose custom id begins like this. */
export function press({ discord }: Stage, member: Member, message: Message, beginning: string): Interaction {
  const customId = customIds(message).find((id) => id.startsWith(beginning));
  if (customId === undefined) throw new Error(`No button ${beginning} among ${customIds(message).join(', ')}`);
  return discord.press({ member, message, customId });
}

/** Presses a button that changes the message it is under, and waits for the change. */
export async function turn(stage: Stage, member: Member, message: Message, beginning: string): Promise<Message> {
  const before = message.versions.length;
  const pressed = press(stage, member, message, beginning);
  await pressed.until(() => message.versions.length > before, PATIENCE);
  return message;
}

/** Everything that a message's embeds say. */
export function words({ content, embeds }: Pick<Message, 'content' | 'embeds'>): string {
  const said = embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...said].filter((text) => text !== undefined && text !== null).join('\n');
}

/** The titles of a message's fields. */
export function fieldNames({ embeds }: Pick<Message, 'embeds'>): string[] {
  return (embeds[0]?.fields ?? []).map(({ name }) => name);
}
