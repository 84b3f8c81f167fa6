/** What it means that a gallery has arrived: every picture stands in Discord once, in order. */
import { expect } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import type { Stage } from './bot.ts';
import { pictureEmbeds, pictureNumbers } from './waiting.ts';

/** All messages with pictures of a job that its member can see, in order: in the channel first, then direct ones. */
export function messagesWithPictures(
  { discord }: Pick<Stage, 'discord'>,
  { interaction: { id, channel, user } }: { interaction: Interaction },
): Message[] {
  return [...discord.messages(channel, { as: user }), ...discord.directMessages(user)].filter(({ attachments }) =>
    attachments.some(({ filename }) => filename.includes(`-${id}-`)),
  );
}

/** Fails unless all of the job's pictures stand in Discord, each once, in order, each shown by an embed. */
export function expectDelivered(
  stage: Pick<Stage, 'discord'>,
  request: { interaction: Interaction; count: number },
): void {
  const messages = messagesWithPictures(stage, request);
  const numbers = messages.flatMap(pictureNumbers);
  expect(numbers, 'pictures over all messages').toEqual(Array.from({ length: request.count }, (_, index) => index + 1));
  for (const message of messages) expect(pictureEmbeds(message)).toHaveLength(message.attachments.length);
}
