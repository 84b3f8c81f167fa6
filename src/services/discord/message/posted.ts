/** What is read of a message that Discord gives back. */
import { z } from 'zod';

/** What is read of a message that Discord answers with. It stands whatever the rest of the answer looks like. */
export const messageSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ id: z.string() }).optional().catch(undefined),
  attachments: z.array(z.object({ id: z.string().optional(), filename: z.string() })).catch([]),
  embeds: z.array(z.object({ image: z.object({ url: z.string() }).nullish() })).catch([]),
});

/** A message as Discord has it. */
export interface Posted {
  channelId: string;
  messageId: string;
  /** Names of the files it holds, as far as Discord tells. */
  files: string[];
  /** The same with their ids, where Discord tells those of all. */
  attachments?: { id: string; name: string }[] | undefined;
  /** Set where it is a direct message: Discord does not forget it. */
  lasting?: true;
  /** Set where an earlier try had made it: it says what was to be said then. */
  found?: true;
}

export function postedOf({
  channel_id: channelId,
  id: messageId,
  attachments,
  embeds,
}: z.infer<typeof messageSchema>): Posted {
  // A file that an embed shows may be missing among the attachments: its name then stands in the embed's address.
  const shown = embeds.flatMap(({ image }) => (image === null || image === undefined ? [] : [fileAt(image.url)]));
  const files = new Map<string, string | undefined>();
  for (const { id, name } of [...attachments.map(({ id, filename: name }) => ({ id, name })), ...shown]) {
    files.set(name, files.get(name) ?? id);
  }
  const known = [...files].flatMap(([name, id]) => (id === undefined ? [] : [{ id, name }]));
  return {
    channelId,
    messageId,
    files: [...files.keys()],
    attachments: known.length === files.size ? known : undefined,
  };
}

/** What an attachment's address tells of it: its id and its name are the last parts of the path. */
function fileAt(url: string): { id: string | undefined; name: string } {
  const [id, name = ''] = URL.canParse(url) ? new URL(url).pathname.split('/').slice(-2) : [];
  return { id: id !== undefined && /^\d+$/.test(id) ? id : undefined, name };
}
