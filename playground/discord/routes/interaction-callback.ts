import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestDataSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { invalidForm } from '../api-error.ts';
import { isRecord, parseForm } from '../form.ts';
import { param, type Answer, type Call, type Route } from '../http/router.ts';
import { checkModal, readChoices, type Interactions } from '../interactions/interactions.ts';
import { messageFlag, type Interaction, type Message, type Messages } from '../messages/messages.ts';
import type { InteractionMessages } from './interaction-messages.ts';

/** The callback: the one response that an interaction takes. */
export function callbackRoute({
  messages,
  interactions,
  interactionMessages,
}: {
  messages: Messages;
  interactions: Interactions;
  interactionMessages: InteractionMessages;
}): Route {
  /** Acts on a callback, and returns the message it made or changed. Nothing is acknowledged when it throws. */
  function respond(interaction: Interaction, call: Call): Message | null {
    if (!isRecord(call.body)) throw wrongType([]);
    const { type, data } = call.body;
    switch (type) {
      case 4: {
        if (interaction.type === 4) throw wrongType([]);
        parseForm(CreateMessageInteractionCallbackRequestSchema, call.body);
        const message = interactionMessages.post(interaction, call, data, ['data']);
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
        if (type === 7) interactionMessages.update(interaction, source, call, data);
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
    const message = interactionMessages.postLoading(interaction, asked);
    interactions.setOriginal(interaction, message);
    return message;
  }

  function run(call: Call): Answer {
    const interaction = interactions.forCallback(param(call, 'interaction'), param(call, 'token'));
    const message = respond(interaction, call);
    const type = isRecord(call.body) && typeof call.body['type'] === 'number' ? call.body['type'] : 0;
    interactions.acknowledge(interaction, type);
    if (call.query.get('with_response') !== 'true') return { status: 204 };
    return {
      status: 200,
      body: callbackResponse(interaction, type, message && type !== 5 ? messages.describe(message) : null),
    };
  }

  return {
    method: 'POST',
    pattern: '/interactions/:interaction/:token/callback',
    auth: 'token',
    limit: { limit: 5, windowMs: 2000 },
    major: ['interaction', 'token'],
    run,
  };
}

function callbackResponse(interaction: Interaction, type: number, message: Record<string, unknown> | null) {
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
    resource: { type, ...(message && { message }) },
  };
}

function wrongType(path: readonly string[]) {
  const message = 'This type of response is not valid for this interaction.';
  return invalidForm([{ path, code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }]);
}
