import { apiError } from '../api-error.ts';
import { messageFlag } from './message-rules.ts';
import { messageStateAfter, type MessageForm } from './message-state.ts';
import { noPings } from './pings.ts';
import type { Attachment } from './attachments.ts';
import type { Events } from '../events.ts';
import type { Interaction, Message, MessageVersion, Mutable } from './records.ts';
import type { Snowflakes } from '../snowflake.ts';
import type { Channel, User } from '../world/world.ts';

export { apiMessage } from './api-message.ts';
export type { Attachment } from './attachments.ts';
export { componentType, flatten } from './component-rules.ts';
export { checkMessage, messageFlag } from './message-rules.ts';
export type { Interaction, Message, MessageVersion, Mutable } from './records.ts';

/**
 * All messages of all channels, with all their versions.
 *
 * @param changed is called with each message that was posted, edited or deleted
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

  const context = () => ({ now, nextId: snowflakes.next, baseUrl: baseUrl() });

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
        ? messageStateAfter({
            ...context(),
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
      const state = messageStateAfter({
        ...context(),
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
