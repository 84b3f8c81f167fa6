/** What is read of a message that Discord gives back. */
import { z } from 'zod';

/** What is read of a message that Discord answers with. It stands whatever the rest of the answer looks like. */
export const messageSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ id: z.string() }).optional().catch(undefined),
  attachments: z.array(z.object({ filename: z.string() })).catch([]),
  embeds: z.array(z.object({ image: z.object({ url: z.string() }).nullish() })).catch([]),
});

/** A message as Discord has it. */
export interface Posted {
  channelId: string;
  messageId: string;
  /** Names of the files it holds, as far as Discord tells. */
  files: string[];
}

export function postedOf({
  channel_id: channelId,
  id: messageId,
  attachments,
  embeds,
}: z.infer<typeof messageSchema>): Posted {
  // A file that an embed shows may be missing among the attachments: its name then stands in the embed's address.
  const shown = embeds.flatMap(({ image }) => (image === null || image === undefined ? [] : [fileName(image.url)]));
  const names = new Set([...attachments.map(({ filename }) => filename), ...shown]);
  return { channelId, messageId, files: [...names] };
}

function fileName(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
}
