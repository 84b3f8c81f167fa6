/** What of a message's answer is compared: read as the bot reads it, and as it came. Pure. */
import { z } from 'zod';
import { messageSchema, postedOf } from '../../../services/discord/reply.ts';
import type { DiscordAnswer } from './calls.ts';

const rawSchema = z.object({
  flags: z.number().optional().catch(undefined),
  content: z.string().optional().catch(undefined),
  mention_everyone: z.unknown(),
  mentions: z.array(z.unknown()).catch([]),
  mention_roles: z.array(z.unknown()).catch([]),
  embeds: z
    .array(
      z.object({
        url: z.string().optional().catch(undefined),
        description: z.string().optional().catch(undefined),
        image: z
          .object({ url: z.string().optional().catch(undefined) })
          .nullish()
          .catch(undefined),
      }),
    )
    .catch([]),
  attachments: z
    .array(z.object({ filename: z.string(), description: z.string().nullish().catch(undefined) }))
    .catch([]),
  components: z
    .array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })).catch([]) }))
    .catch([]),
});

export interface ReadMessage {
  id: string;
  channelId: string;
  authorId: string | undefined;
  /** The names of its files, as far as the bot can tell. */
  files: string[];
  /** The same with their ids, where those of all are told. */
  attachments: { id: string; name: string }[] | undefined;
  /** The part of a message that is compared as it came. */
  raw: z.infer<typeof rawSchema>;
  /** Urls of its embeds, in order. */
  urls: (string | undefined)[];
  /** Addresses of their pictures, in order. */
  pictures: (string | undefined)[];
  /** Custom ids of its buttons. */
  buttons: string[];
}

/** `undefined` where the bot can read no message in it. */
export function readMessage(body: unknown): ReadMessage | undefined {
  const read = messageSchema.safeParse(body).data;
  const raw = rawSchema.safeParse(body).data;
  if (read === undefined || raw === undefined) return undefined;
  const { messageId, channelId, files, attachments } = postedOf(read);
  return {
    id: messageId,
    channelId,
    authorId: read.author?.id,
    files,
    attachments,
    raw,
    urls: raw.embeds.map(({ url }) => url),
    pictures: raw.embeds.map(({ image }) => image?.url),
    buttons: raw.components.flatMap(({ components }) => components.flatMap(({ custom_id: id }) => id ?? [])),
  };
}

/** The message in a success; `undefined` where the answer is none, or holds none. */
export function messageIn({ status, body }: DiscordAnswer): ReadMessage | undefined {
  return status >= 200 && status <= 299 ? readMessage(body) : undefined;
}
