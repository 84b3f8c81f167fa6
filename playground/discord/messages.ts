import { apiAttachment, attachmentsAfter, readFile, resolveEmbeds, type Attachment } from './attachments.ts';
import { apiUser } from './api-objects.ts';
import { flatten } from './component-rules.ts';
import { apiError, invalidForm } from './errors.ts';
import { messageFlag } from './message-rules.ts';
import { noPings, pingsOf } from './pings.ts';
import type { Component, MessageBody } from './bodies.ts';
import type { Events } from './events.ts';
import type { Interaction, Message, MessageVersion, Mutable } from './records.ts';
import type { Part } from './multipart.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Channel, User } from './world.ts';

/** A message body with the files that came along. */
export interface MessageForm {
  readonly body: MessageBody;
  readonly parts: readonly Part[];
}

/**
 * All messages of all channels, with everything they ever were.
 *
 * @param changed is told of each message that came, changed or went
 */
export function createMessages({
  now,
  snowflakes,
  events,
  baseUrl,
  changed,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  events: Events;
  baseUrl: () => string;
  changed: (message: Message, change: 'create' | 'update' | 'delete') => void;
}) {
  const byId = new Map<string, Mutable<Message>>();
  const byChannel = new Map<string, Message[]>();
  const files = new Map<string, Attachment>();

  function announce(message: Message, change: 'create' | 'update' | 'delete'): void {
    events.emit({
      type: 'message',
      change,
      messageId: message.id,
      channelId: message.channel.id,
      interactionId: message.interaction?.id ?? null,
      visibleTo: message.visibleTo?.id ?? null,
    });
    changed(message, change);
  }

  /** The state after a request, without touching the message; throws when the request is refused. */
  function stateAfter({
    form: { body, parts },
    before,
    channel,
    flags,
    ephemeral,
    keepUnlisted,
    maxFileBytes,
    permissions,
    repliedTo,
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
  }): MessageVersion {
    const listed = attachmentsAfter({
      listed: body.attachments,
      parts,
      present: before?.attachments ?? [],
      keepUnlisted,
      maxBytes: maxFileBytes,
      make: (file) =>
        readFile({ ...file, id: snowflakes.next(), channelId: channel.id, baseUrl: baseUrl(), ephemeral }),
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

  function keep(state: MessageVersion): void {
    for (const attachment of state.attachments) files.set(attachment.id, attachment);
  }

  return {
    get: (id: string): Message | undefined => byId.get(id),

    /** A channel's messages in order, deleted ones left out. */
    list: (channelId: string): Message[] => (byChannel.get(channelId) ?? []).filter(({ deleted }) => !deleted),

    /** A channel's messages in order, deleted ones too. */
    history: (channelId: string): readonly Message[] => byChannel.get(channelId) ?? [],

    file: (id: string): Attachment | undefined => files.get(id),

    /** Posts a message; `form: null` makes the empty "thinking" message of a deferral. */
    create({
      form,
      channel,
      author,
      type = 0,
      flags = 0,
      nonce = null,
      interaction = null,
      visibleTo = null,
      repliesTo = null,
      maxFileBytes,
      permissions,
    }: {
      form: MessageForm | null;
      channel: Channel;
      author: User;
      type?: number;
      flags?: number;
      nonce?: string | number | null;
      interaction?: Interaction | null;
      visibleTo?: User | null;
      repliesTo?: Message | null;
      maxFileBytes: number;
      permissions: bigint;
    }): Message {
      const empty = { at: now(), content: '', embeds: [], components: [], attachments: [], flags, pings: noPings };
      const state = form
        ? stateAfter({
            form,
            before: null,
            channel,
            flags,
            ephemeral: visibleTo !== null,
            keepUnlisted: true,
            maxFileBytes,
            permissions,
            // Nobody is notified of their own reply, and a response pings nobody by being one.
            repliedTo: interaction || repliesTo?.author === author ? null : (repliesTo?.author ?? null),
          })
        : empty;
      keep(state);
      const message: Mutable<Message> = {
        ...state,
        id: snowflakes.next(),
        channel,
        author,
        type,
        nonce,
        interaction,
        visibleTo,
        repliesTo,
        createdAt: state.at,
        editedAt: null,
        deleted: false,
        deletedAt: null,
        versions: [state],
      };
      byId.set(message.id, message);
      const inChannel = byChannel.get(channel.id);
      if (inChannel) inChannel.push(message);
      else byChannel.set(channel.id, [message]);
      if (!visibleTo) channel.lastMessageId = message.id;
      announce(message, 'create');
      return message;
    },

    /** Edits a message; a deferral's first edit makes it a message proper. */
    edit(
      { id }: Message,
      options: { form: MessageForm; keepUnlisted?: boolean; maxFileBytes: number; permissions: bigint },
    ): Message {
      const message = byId.get(id);
      if (!message || message.deleted) throw apiError('unknownMessage');
      const { body } = options.form;
      const settable = messageFlag.suppressEmbeds | messageFlag.componentsV2;
      const asked = typeof body.flags === 'number' ? body.flags & settable : message.flags & settable;
      // Components V2 can't be taken back; nothing else of the flags but the loading state changes by an edit.
      const flags = (message.flags & ~messageFlag.loading & ~messageFlag.suppressEmbeds) | asked;
      const state = stateAfter({
        keepUnlisted: true,
        ...options,
        before: message,
        channel: message.channel,
        flags,
        ephemeral: message.visibleTo !== null,
        repliedTo: null,
      });
      keep(state);
      const editedAt = message.flags & messageFlag.loading ? message.editedAt : state.at;
      Object.assign(message, state, { editedAt, versions: [...message.versions, state] });
      announce(message, 'update');
      return message;
    },

    remove: ({ id }: Message): void => {
      const message = byId.get(id);
      if (!message || message.deleted) throw apiError('unknownMessage');
      message.deleted = true;
      message.deletedAt = now();
      announce(message, 'delete');
    },
  };
}

export type Messages = ReturnType<typeof createMessages>;

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

/** A message as the API gives it. Source: message resource, "Message Structure". */
export function apiMessage(message: Message): Record<string, unknown> {
  const { interaction, repliesTo, channel, pings } = message;
  const mentioned = pings.users.flatMap((id) => {
    const user = channel.guild?.members.get(id)?.user ?? (channel.recipient?.id === id ? channel.recipient : undefined);
    return user ? [apiUser(user)] : [];
  });
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: apiUser(message.author),
    content: message.content,
    timestamp: timestamp(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : timestamp(message.editedAt),
    tts: false,
    mention_everyone: pings.everyone,
    mentions: mentioned,
    mention_roles: pings.roles,
    // A file that an embed shows by attachment:// is not listed (discord-api-docs #1340).
    attachments: message.attachments.filter(({ inEmbed }) => !inEmbed).map(apiAttachment),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.nonce !== null && { nonce: message.nonce }),
    ...(interaction && {
      application_id: message.author.id,
      webhook_id: message.author.id,
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type,
        user: apiUser(interaction.user),
        authorizing_integration_owners: { '0': channel.guild?.id ?? '0' },
        ...(message !== interaction.original &&
          interaction.original && {
            original_response_message_id: interaction.original.id,
          }),
      },
    }),
    ...(repliesTo && {
      message_reference: { type: 0, message_id: repliesTo.id, channel_id: channel.id, guild_id: channel.guild?.id },
    }),
  };
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000+00:00');
}
