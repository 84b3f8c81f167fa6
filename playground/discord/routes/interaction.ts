import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  ModalInteractionCallbackRequestDataSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { checkModal, readChoices } from '../interactions/callback-rules.ts';
import { apiError, invalidForm } from '../api-error.ts';
import { isRecord, parseForm } from '../form.ts';
import { checkMessage, messageFlag } from '../messages/message-rules.ts';
import { apiMessage } from '../messages/api-message.ts';
import type { Messages } from '../messages/messages.ts';
import { permissionsIn } from '../world/permissions.ts';
import { param, type Answer, type Call, type Route } from '../http/router.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Interaction, Message } from '../messages/records.ts';
import type { World } from '../world/world.ts';

/** Flags that a response or follow-up may set. Source: receiving and responding, "Messages". */
const settable =
  messageFlag.suppressEmbeds |
  messageFlag.ephemeral |
  messageFlag.componentsV2 |
  messageFlag.voice |
  messageFlag.suppressNotifications;

/** Answering interactions: the callback, and the webhook that their token is for fifteen minutes. */
export function interactionRoutes({
  world,
  messages,
  interactions,
  maxFileBytes,
}: {
  world: World;
  messages: Messages;
  interactions: Interactions;
  /** The `attachment_size_limit` that interactions carry. */
  maxFileBytes: number;
}): Route[] {
  function permissionsFor({ channel }: Interaction): bigint {
    const member = channel.guild?.members.get(world.bot.id);
    return member ? permissionsIn(member, channel) : 0n;
  }

  const isV2 = (flags: number | null | undefined): boolean => Boolean((flags ?? 0) & messageFlag.componentsV2);

  function post(interaction: Interaction, call: Call, value: unknown, at: readonly string[]): Message {
    const schema = at.length > 0 ? IncomingWebhookInteractionRequestSchema : IncomingWebhookRequestPartialSchema;
    const body = parseForm(schema, value ?? {}, at);
    checkMessage(body, { v2: isV2(body.flags), settable, at });
    const flags = body.flags ?? 0;
    const first = at.length > 0;
    return messages.create({
      form: { body, parts: call.parts },
      channel: interaction.channel,
      author: world.bot,
      // A response to a command is its own type; everything else replies to what was there before.
      type: first && interaction.type === 2 ? 20 : 19,
      flags,
      interaction,
      visibleTo: flags & messageFlag.ephemeral ? interaction.user : null,
      repliesTo: first ? interaction.source : interaction.original,
      maxFileBytes,
      permissions: permissionsFor(interaction),
    });
  }

  function edit(interaction: Interaction, message: Message, call: Call): Message {
    const body = parseForm(IncomingWebhookUpdateRequestPartialSchema, call.body ?? {});
    checkMessage(body, { v2: isV2(message.flags | (body.flags ?? 0)), settable: null });
    return messages.edit(message, {
      form: { body, parts: call.parts },
      maxFileBytes,
      permissions: permissionsFor(interaction),
    });
  }

  /** Acts on a callback, and gives the message it made or changed. Nothing is acknowledged when it throws. */
  function respond(interaction: Interaction, call: Call): Message | null {
    if (!isRecord(call.body)) throw wrongType([]);
    const { type, data } = call.body;
    switch (type) {
      case 4: {
        if (interaction.type === 4) throw wrongType([]);
        parseForm(CreateMessageInteractionCallbackRequestSchema, call.body);
        const message = post(interaction, call, data, ['data']);
        interactions.setOriginal(interaction, message);
        return message;
      }
      case 5: {
        if (interaction.type === 4) throw wrongType([]);
        return defer(interaction, call);
      }
      case 6:
      case 7: {
        const { source } = interaction;
        if (!source || (interaction.type !== 3 && interaction.type !== 5)) throw wrongType([]);
        parseForm(UpdateMessageInteractionCallbackRequestSchema, call.body);
        if (type === 7) update(interaction, source, call, data);
        interactions.setOriginal(interaction, source);
        return type === 7 ? source : null;
      }
      case 8: {
        if (interaction.type !== 4) throw wrongType([]);
        parseForm(ApplicationCommandAutocompleteCallbackRequestSchema, call.body);
        interactions.setChoices(interaction, readChoices(data, interaction.payload));
        return null;
      }
      case 9: {
        if (interaction.type !== 2 && interaction.type !== 3) throw wrongType([]);
        parseForm(ModalInteractionCallbackRequestSchema, call.body);
        const modal = parseForm(ModalInteractionCallbackRequestDataSchema, data, ['data']);
        checkModal(modal);
        interactions.setModal(interaction, modal);
        return null;
      }
      default:
        throw wrongType(['type']);
    }
  }

  function defer(interaction: Interaction, call: Call): Message {
    const body = parseForm(CreateMessageInteractionCallbackRequestSchema, call.body);
    const data = isRecord(body.data) ? body.data : {};
    const { flags = 0, ...rest } = data;
    const asked = typeof flags === 'number' ? flags : 0;
    const others = Object.values(rest).some((value) => value !== undefined && value !== null);
    if ((asked & ~messageFlag.ephemeral) !== 0 || others || call.parts.length > 0) {
      const message = 'A deferral may carry only the EPHEMERAL flag.';
      throw invalidForm([{ path: ['data'], code: 'INTERACTION_DEFERRED_FIELDS', message }]);
    }
    const message = messages.create({
      form: null,
      channel: interaction.channel,
      author: world.bot,
      type: interaction.type === 2 ? 20 : 19,
      flags: messageFlag.loading | asked,
      interaction,
      visibleTo: asked ? interaction.user : null,
      repliesTo: interaction.source,
      maxFileBytes,
      permissions: 0n,
    });
    interactions.setOriginal(interaction, message);
    return message;
  }

  function update(interaction: Interaction, source: Message, call: Call, data: unknown): void {
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
  }

  function callback(call: Call): Answer {
    const interaction = interactions.forCallback(param(call, 'interaction'), param(call, 'token'));
    const message = respond(interaction, call);
    const type = isRecord(call.body) && typeof call.body['type'] === 'number' ? call.body['type'] : 0;
    interactions.acknowledge(interaction, type);
    if (call.query.get('with_response') !== 'true') return { status: 204 };
    return { status: 200, body: callbackResponse(interaction, type, message) };
  }

  function target(call: Call): { interaction: Interaction; message: Message } {
    const interaction = interactions.forWebhook(param(call, 'application'), param(call, 'token'));
    const id = param(call, 'message');
    const candidates = [interaction.original, ...interaction.followUps];
    const message = id === '@original' ? interaction.original : candidates.find((candidate) => candidate?.id === id);
    if (!message || message.deleted) throw apiError('unknownMessage');
    return { interaction, message };
  }

  function followUp(call: Call): Answer {
    const interaction = interactions.forWebhook(param(call, 'application'), param(call, 'token'));
    const { original } = interaction;
    if (original && interactions.isLoading(interaction)) {
      // The first follow-up to a deferral edits its loading message, and its flags count for nothing.
      // Source: receiving and responding, "Create Followup Message".
      const body = isRecord(call.body) ? { ...call.body, flags: undefined } : call.body;
      return { status: 200, body: apiMessage(edit(interaction, original, { ...call, body })) };
    }
    const message = post(interaction, call, call.body, []);
    interactions.addFollowUp(interaction, message);
    return { status: 200, body: apiMessage(message) };
  }

  const webhook = (method: string, pattern: string, run: Route['run']): Route => ({
    method,
    pattern,
    auth: 'token',
    bucket: 'webhook',
    limit: { limit: 5, windowMs: 2000 },
    major: ['application', 'token'],
    run,
  });
  const messagePattern = '/webhooks/:application/:token/messages/:message';
  return [
    {
      method: 'POST',
      pattern: '/interactions/:interaction/:token/callback',
      auth: 'token',
      limit: { limit: 5, windowMs: 2000 },
      major: ['interaction', 'token'],
      run: callback,
    },
    webhook('POST', '/webhooks/:application/:token', followUp),
    webhook('GET', messagePattern, (call) => ({ status: 200, body: apiMessage(target(call).message) })),
    webhook('PATCH', messagePattern, (call) => {
      const { interaction, message } = target(call);
      return { status: 200, body: apiMessage(edit(interaction, message, call)) };
    }),
    webhook('DELETE', messagePattern, (call) => {
      messages.remove(target(call).message);
      return { status: 204 };
    }),
  ];
}

function callbackResponse(interaction: Interaction, type: number, message: Message | null) {
  const { original } = interaction;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(original && {
        response_message_id: original.id,
        response_message_loading: Boolean(original.flags & messageFlag.loading),
        response_message_ephemeral: original.visibleTo !== null,
      }),
    },
    // Types 4 and 7 only. Source: receiving and responding, "Interaction Callback Resource Object".
    resource: { type, ...(message && type !== 5 && { message: apiMessage(message) }) },
  };
}

function wrongType(path: readonly string[]) {
  const message = 'This type of response is not valid for this interaction.';
  return invalidForm([{ path, code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }]);
}
