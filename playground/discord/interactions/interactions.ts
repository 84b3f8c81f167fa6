import { randomBytes } from 'node:crypto';
import { apiError } from '../api-error.ts';
import { createWaiting } from '../waiting.ts';
import type { Choice, ModalBody } from '../request-bodies.ts';
import type { Events } from '../events.ts';
import type { Interaction, Message, Mutable } from '../messages/messages.ts';
import type { Snowflakes } from '../snowflake.ts';
import type { Channel, Member, User } from '../world/world.ts';

export { readChoices } from './callback-rules.ts';
export { checkModal } from './modal-rules.ts';

type Waiting = ReturnType<typeof createWaiting<Interaction>>;

interface Entry {
  readonly record: Mutable<Interaction>;
  readonly waiting: Waiting;
  expiresAt: number;
  /** True until the loading message of a deferral has been edited or deleted. */
  loading: boolean;
}

/**
 * Every interaction that was sent, who may still answer it and how it was answered.
 *
 * @param acknowledgeWithinMs after this an unanswered interaction is unknown (Discord: 3 s)
 * @param tokenLifeMs after this its token is invalid (Discord: 15 min)
 */
export function createInteractions({
  now,
  snowflakes,
  events,
  applicationId,
  acknowledgeWithinMs,
  tokenLifeMs,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  events: Events;
  applicationId: string;
  acknowledgeWithinMs: number;
  tokenLifeMs: number;
}) {
  const byId = new Map<string, Entry>();
  const byToken = new Map<string, Entry>();
  /** Whom a change of a message concerns: the interaction that made it, and those whose `@original` it is. */
  const byMessage = new Map<string, Set<Entry>>();

  function watch(message: Message, entry: Entry): void {
    const watching = byMessage.get(message.id);
    if (watching) watching.add(entry);
    else byMessage.set(message.id, new Set([entry]));
  }

  function entryOf(interaction: Interaction): Entry {
    const entry = byId.get(interaction.id);
    if (!entry) throw new Error(`No interaction ${interaction.id}`);
    return entry;
  }

  function report(record: Interaction, change: 'sent' | 'acknowledged' | 'modal' | 'choices' | 'expired'): void {
    const { id: interactionId, user, channel, sentAt } = record;
    const afterMs = now() - sentAt;
    events.emit({ type: 'interaction', change, interactionId, userId: user.id, channelId: channel.id, afterMs });
  }

  return {
    /** Opens an interaction of a person; its `payload` is what `describe` makes of its id and token. */
    open({
      type,
      user,
      member,
      channel,
      source = null,
      target = null,
      describe,
    }: {
      type: number;
      user: User;
      member: Member | null;
      channel: Channel;
      source?: Message | null;
      target?: Message | null;
      describe: (opened: { id: string; token: string }) => Record<string, unknown>;
    }): Interaction {
      const id = snowflakes.next();
      const token = Buffer.from(`interaction:${id}:`).toString('base64url') + randomBytes(72).toString('base64url');
      const record: Mutable<Interaction> = {
        id,
        token,
        type,
        user,
        member,
        guild: channel.guild,
        channel,
        payload: describe({ id, token }),
        sentAt: now(),
        deliveredTo: 0,
        acknowledgement: null,
        original: null,
        source,
        target,
        followUps: [],
        modal: null,
        choices: null,
        acknowledged: (timeoutMs) => waiting.until(({ acknowledgement }) => acknowledgement !== null, timeoutMs),
        until: (predicate, timeoutMs) => waiting.until(predicate, timeoutMs),
      };
      const waiting: Waiting = createWaiting<Interaction>(record, () => `interaction ${id}`);
      const entry = { record, waiting, expiresAt: now() + tokenLifeMs, loading: false };
      byId.set(id, entry);
      byToken.set(token, entry);
      return record;
    },

    get: (id: string): Interaction | undefined => byId.get(id)?.record,

    sent(interaction: Interaction, sessions: number): void {
      const { record, waiting } = entryOf(interaction);
      record.deliveredTo = sessions;
      report(record, 'sent');
      waiting.changed();
    },

    /**
     * The interaction that a callback answers.
     *
     * @throws ApiError 10062 when unknown or past the deadline, 40060 when answered already
     */
    forCallback(id: string, token: string): Interaction {
      const entry = byId.get(id);
      if (entry?.record.token !== token) throw apiError('unknownInteraction');
      if (entry.record.acknowledgement) throw apiError('acknowledged');
      if (now() - entry.record.sentAt > acknowledgeWithinMs || now() > entry.expiresAt)
        throw apiError('unknownInteraction');
      return entry.record;
    },

    /**
     * The interaction whose token is used as a webhook.
     *
     * @throws ApiError 10015 before it was answered or for another application, 50027 for an unknown or dead token
     */
    forWebhook(application: string, token: string): Interaction {
      if (application !== applicationId) throw apiError('unknownWebhook');
      const entry = byToken.get(token);
      if (!entry || now() >= entry.expiresAt) throw apiError('invalidToken');
      if (!entry.record.acknowledgement) throw apiError('unknownWebhook');
      return entry.record;
    },

    acknowledge(interaction: Interaction, type: number): void {
      const entry = entryOf(interaction);
      const at = now();
      entry.record.acknowledgement = { type, at, afterMs: at - entry.record.sentAt };
      entry.loading = type === 5;
      report(entry.record, 'acknowledged');
      entry.waiting.changed();
    },

    setOriginal(interaction: Interaction, original: Message): void {
      const { record, waiting } = entryOf(interaction);
      record.original = original;
      watch(original, entryOf(interaction));
      waiting.changed();
    },

    addFollowUp(interaction: Interaction, message: Message): void {
      const { record, waiting } = entryOf(interaction);
      record.followUps = [...record.followUps, message];
      watch(message, entryOf(interaction));
      waiting.changed();
    },

    setModal(interaction: Interaction, modal: ModalBody): void {
      const { record, waiting } = entryOf(interaction);
      record.modal = modal;
      report(record, 'modal');
      waiting.changed();
    },

    setChoices(interaction: Interaction, choices: readonly Choice[]): void {
      const { record, waiting } = entryOf(interaction);
      record.choices = choices;
      report(record, 'choices');
      waiting.changed();
    },

    /** True while the deferral's "thinking" message stands unedited: a follow-up then edits it. */
    isLoading: (interaction: Interaction): boolean => entryOf(interaction).loading,

    /** A message of an interaction changed. */
    messageChanged(message: Message, change: 'create' | 'update' | 'delete'): void {
      for (const entry of byMessage.get(message.id) ?? []) {
        if (change !== 'create') entry.loading = false;
        entry.waiting.changed();
      }
    },

    /** The id of the interaction that a token belongs to. */
    idOf: (token: string): string | undefined => byToken.get(token)?.record.id,

    /** Ends the life of every token there is. */
    expireTokens: (): void => {
      for (const entry of byId.values()) {
        if (entry.expiresAt <= now()) continue;
        entry.expiresAt = now();
        report(entry.record, 'expired');
      }
    },
  };
}

export type Interactions = ReturnType<typeof createInteractions>;
