import { apiError } from '../api-error.ts';
import { apiMessage } from './api-message.ts';
import { messageFlag } from './message-rules.ts';
import { messageStateAfter, type MessageForm } from './message-state.ts';
import { noPings } from './pings.ts';
import type { Events } from '../events.ts';
import type { Files } from '../files/files.ts';
import type { Interaction, Message, MessageVersion, Mutable } from './records.ts';
import type { Snowflakes } from '../snowflake.ts';
import type { Channel, User } from '../world/world.ts';

export { componentType, flatten, selectFaults } from './component-rules.ts';
export { checkMessage, messageFlag } from './message-rules.ts';
export type { Interaction, Message, MessageVersion, Mutable } from './records.ts';

/**
 * All messages of all channels, with all their versions.
 *
 * @param bot the application's user, through whose eyes messages are described
 * @param changed is called with each message that was posted, edited or deleted
 */
export function createMessages({
  now,
  snowflakes,
  events,
  files,
  bot,
  baseUrl,
  changed,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  events: Events;
  files: Files;
  bot: User;
  baseUrl: () => string;
  changed: (message: Message, change: 'create' | 'update' | 'delete') => void;
}) {
  const byId = new Map<string, Mutable<Message>>();
  const byChannel = new Map<string, Message[]>();

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

  /** Keeps the files of a message as it is now, and forgets those that only the version before had. */
  function keepFiles(state: MessageVersion | null, before: MessageVersion | null): void {
    for (const attachment of before?.attachments ?? []) files.drop(attachment);
    for (const attachment of state?.attachments ?? []) files.keep(attachment);
  }

  return {
    get: (id: string): Message | undefined => byId.get(id),

    /** A channel's messages in order, deleted ones left out. */
    list: (channelId: string): Message[] => (byChannel.get(channelId) ?? []).filter(({ deleted }) => !deleted),

    /** A channel's messages in order, deleted ones too. */
    history: (channelId: string): readonly Message[] => byChannel.get(channelId) ?? [],

    /** A message as the API gives it to the application; `whole` with what the privileged intent would be needed for. */
    describe: (message: Message, { whole = false }: { whole?: boolean } = {}): Record<string, unknown> =>
      apiMessage(message, { sign: files.refresh, open: whole || isOpenTo(bot, message) }),

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
      keepFiles(state, null);
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
      keepFiles(state, message);
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
      keepFiles(null, message);
      announce(message, 'delete');
    },
  };
}

/**
 * Whether an application that lacks the message content intent sees what is in a message: its own, those in direct messages
 * with it, and those that mention it. Source: gateway, "Message Content Intent".
 */
function isOpenTo(bot: User, { author, channel, pings }: Message): boolean {
  return author === bot || channel.guild === null || pings.users.includes(bot.id);
}

export type Messages = ReturnType<typeof createMessages>;
