/** A message as the bot writes it: what it shows, and its form in a request to Discord. */
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

/** What a message shows. Nothing in it can ping: whoever sends it forbids every mention. */
export interface ReplyMessage {
  content?: string;
  embeds: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
  /** Their bytes are in pieces. */
  files?: { name: string; data: readonly Buffer[]; description: string; spoiler?: boolean }[];
  /** Ids of files that the message has already and keeps. */
  kept?: readonly string[];
}

/**
 * A message as the body of a request to Discord, without the files' bytes. A message of `content` alone changes only that.
 *
 * @param keepsFiles - whether an edit leaves the files alone that the message has; else those of `message` take their place.
 */
export function bodyOf(message: ReplyMessage | { content: string }, keepsFiles = false): object {
  if (!('embeds' in message)) return message;
  const { content = '', embeds, components = [], files = [], kept = [] } = message;
  if (keepsFiles) return { content, embeds, components };
  const added = files.map(({ name, description, spoiler }, id) => ({
    id,
    filename: name,
    description,
    ...(spoiler && { is_spoiler: true }),
  }));
  const attachments = [...kept.map((id) => ({ id })), ...added];
  return { content, embeds, components, attachments };
}
