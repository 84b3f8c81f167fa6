import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
} from 'discord-api-spec/zod';
import { parseForm } from '../form.ts';
import { checkMessage, messageFlag, type Interaction, type Message, type Messages } from '../messages/messages.ts';
import { permissionsIn, type World } from '../world/world.ts';
import type { Call } from '../http/router.ts';

/** Flags that a response or follow-up may set. Source: receiving and responding, "Messages". */
const settable =
  messageFlag.suppressEmbeds |
  messageFlag.ephemeral |
  messageFlag.componentsV2 |
  messageFlag.voice |
  messageFlag.suppressNotifications;

const isV2 = (flags: number | null | undefined): boolean => Boolean((flags ?? 0) & messageFlag.componentsV2);

/** The messages that come of an interaction: responses, deferrals, follow-ups, and edits of them. */
export function createInteractionMessages({
  world,
  messages,
  maxFileBytes,
}: {
  world: World;
  messages: Messages;
  /** The `attachment_size_limit` that interactions carry. */
  maxFileBytes: number;
}) {
  function permissionsFor({ channel }: Interaction): bigint {
    const member = channel.guild?.members.get(world.bot.id);
    return member ? permissionsIn(member, channel) : 0n;
  }

  return {
    /** Posts a response (`at` is where its fields stand in the callback) or, with an empty `at`, a follow-up. */
    post(interaction: Interaction, call: Call, value: unknown, at: readonly string[]): Message {
      const schema = at.length > 0 ? IncomingWebhookInteractionRequestSchema : IncomingWebhookRequestPartialSchema;
      const body = parseForm(schema, value ?? {}, at);
      checkMessage(body, { v2: isV2(body.flags), settable, at });
      const flags = body.flags ?? 0;
      const first = at.length > 0;
      return messages.create({
        form: { body, parts: call.parts },
        channel: interaction.channel,
        author: world.bot,
        type: first ? responseType(interaction) : 19,
        flags,
        interaction,
        visibleTo: flags & messageFlag.ephemeral ? interaction.user : null,
        repliesTo: first ? (interaction.source ?? interaction.target) : interaction.original,
        maxFileBytes,
        permissions: permissionsFor(interaction),
      });
    },

    /** Posts the "thinking" message of a deferral; `flags` is 0 or EPHEMERAL. */
    postLoading: (interaction: Interaction, flags: number): Message =>
      messages.create({
        form: null,
        channel: interaction.channel,
        author: world.bot,
        type: responseType(interaction),
        flags: messageFlag.loading | flags,
        interaction,
        visibleTo: flags ? interaction.user : null,
        repliesTo: interaction.source ?? interaction.target,
        maxFileBytes,
        permissions: 0n,
      }),

    /** Edits a message by the interaction's webhook. */
    edit(interaction: Interaction, message: Message, call: Call): Message {
      const body = parseForm(IncomingWebhookUpdateRequestPartialSchema, call.body ?? {});
      checkMessage(body, { v2: isV2(message.flags | (body.flags ?? 0)), settable: null });
      return messages.edit(message, {
        form: { body, parts: call.parts },
        maxFileBytes,
        permissions: permissionsFor(interaction),
      });
    },

    /** Edits the message whose component was used, as a response of type 7 does. */
    update(interaction: Interaction, source: Message, call: Call, data: unknown): void {
      const schema = IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema;
      const body = parseForm(schema, data ?? {}, ['data']);
      checkMessage(body, {
        v2: isV2(source.flags | (body.flags ?? 0)),
        settable: null,
        at: ['data'],
      });
      const permissions = permissionsFor(interaction);
      // An update drops the files it does not list, unlike the PATCH routes (discord-api-docs #6277).
      messages.edit(source, { form: { body, parts: call.parts }, keepUnlisted: false, maxFileBytes, permissions });
    },
  };
}

/**
 * A response to a slash command (20) or a message command (23) is of its own type; everything else is a reply (19) to what
 * was there before. Source: message resource, "Message Types".
 */
function responseType({ type, target }: Interaction): number {
  if (type !== 2) return 19;
  return target ? 23 : 20;
}

export type InteractionMessages = ReturnType<typeof createInteractionMessages>;
