import { attachmentsAfter, resolveEmbeds } from './attachments.ts';
import { flatten } from './component-rules.ts';
import { apiError, invalidForm } from '../api-error.ts';
import { readFile } from '../files/files.ts';
import { messageFlag } from './message-rules.ts';
import { pingsOf } from './pings.ts';
import type { Component, MessageBody } from '../request-bodies.ts';
import type { Part } from '../http/router.ts';
import type { MessageVersion } from './records.ts';
import type { Channel, User } from '../world/world.ts';

/** A message body with the files that came along. */
export interface MessageForm {
  readonly body: MessageBody;
  readonly parts: readonly Part[];
}

/**
 * What a message looks like after a request, before anything is touched.
 *
 * @param before null for a new message
 * @param keepUnlisted whether files stay that an edit without a list of files does not name
 * @throws ApiError when the request is refused
 */
export function messageStateAfter({
  form: { body, parts },
  before,
  channel,
  flags,
  ephemeral,
  keepUnlisted,
  maxFileBytes,
  permissions,
  repliedTo,
  now,
  nextId,
  baseUrl,
}: {
  form: MessageForm;
  before: MessageVersion | null;
  channel: Channel;
  flags: number;
  ephemeral: boolean;
  keepUnlisted: boolean;
  maxFileBytes: number;
  permissions: bigint;
  repliedTo: User | null;
  now: () => number;
  nextId: () => string;
  baseUrl: string;
}): MessageVersion {
  const listed = attachmentsAfter({
    listed: body.attachments,
    parts,
    present: before?.attachments ?? [],
    keepUnlisted,
    maxBytes: maxFileBytes,
    make: ({ part, entry }) =>
      readFile({
        id: nextId(),
        name: entry?.filename ?? part.filename ?? 'unknown',
        bytes: part.bytes,
        title: entry?.title,
        description: entry?.description,
        spoiler: entry?.is_spoiler ?? false,
        folder: ephemeral ? `ephemeral-attachments/${nextId()}` : `attachments/${channel.id}`,
        baseUrl,
        ephemeral,
      }),
  });
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '').trim();
  const embedding = body.embeds === undefined ? null : resolveEmbeds(body.embeds ?? [], listed);
  const embeds = embedding?.embeds ?? before?.embeds ?? [];
  const attachments = embedding ? listed.map((file) => ({ ...file, inEmbed: embedding.used.has(file.id) })) : listed;
  const components = body.components === undefined ? (before?.components ?? []) : numbered(body.components ?? []);
  const holds = content || embeds.length > 0 || attachments.length > 0 || components.length > 0;
  if (!holds && !body.poll && !body.sticker_ids?.length) throw apiError('emptyMessage');
  if (flags & messageFlag.componentsV2 && (content || embeds.length > 0)) {
    const message = 'What the message had besides components must be reset when IS_COMPONENTS_V2 is set';
    throw invalidForm([{ path: [], code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message }]);
  }
  const allowed = body.allowed_mentions;
  const pings =
    body.content === undefined && body.components === undefined && before
      ? before.pings
      : pingsOf({ content: wordsOf(content, components), allowed, guild: channel.guild, permissions, repliedTo });
  return { at: now(), content, embeds, components, attachments, flags, pings };
}

/** All text that can mention somebody: the content, and the text displays of Components V2. */
function wordsOf(content: string, components: readonly Component[]): string {
  return [content, ...flatten(components, []).map(({ component }) => component.content ?? '')].join('\n');
}

/** Components with the ids that Discord gives to those sent without one. Source: components reference. */
function numbered(components: readonly Component[]): Component[] {
  let last = 0;
  const number = (component: Component): Component => ({
    ...component,
    id: component.id || ++last,
    ...(component.components && { components: component.components.map(number) }),
    ...(component.accessory && { accessory: number(component.accessory) }),
  });
  return components.map(number);
}
