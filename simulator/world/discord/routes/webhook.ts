/** The webhook that an interaction's token is for fifteen minutes: its first response's message and further ones. */
import { apiError } from '../../../../playground/discord/api-error.ts';
import type { Interactions } from '../interactions.ts';
import { EPHEMERAL, type Form, type Messages } from '../messages/messages.ts';
import type { Interaction, Message } from '../records.ts';
import type { Call, Section } from './route.ts';

/** About 5 in 2 s. Unofficial, and old; the stand-in has the same. */
const LIMIT = { most: 5, window: 2000 };

/** What a call sends as a message. */
export function formOf({ body, parts, by }: Call): Form {
  return { body: body ?? {}, parts, by };
}

export function webhookRoutes({
  messages,
  interactions,
  api,
  shown,
}: {
  messages: Messages;
  interactions: Interactions;
  /** A message as the API gives it. */
  api: (message: Message) => object;
  /** What a call shows, for the diary. */
  shown: (call: Call) => string;
}): Section {
  function target(interaction: Interaction, id: string): Message {
    const { original, followUps } = interaction;
    const message = id === '@original' ? original : [original, ...followUps].find((each) => each?.truth.id === id);
    if (message === undefined || message.truth.deletedAt !== undefined) throw apiError('unknownMessage');
    return message;
  }

  function followUp(interaction: Interaction, call: Call): Message {
    const { original, channel } = interaction;
    if (channel.deleted) throw apiError('unknownChannel');
    const form = formOf(call);
    if (original !== undefined && interaction.loading && original.truth.deletedAt === undefined) {
      // The first follow-up to a deferral fills it, and its flags count for nothing. Source: Discord, receiving and
      // responding, "Create Followup Message".
      messages.edit(original, form);
      interaction.loading = false;
      return original;
    }
    const ephemeral = ((form.body.flags ?? 0) & EPHEMERAL) !== 0;
    const message = messages.create({ form, channel, interaction, ephemeral });
    interaction.followUps.push(message);
    return message;
  }

  function edit(interaction: Interaction, id: string, call: Call): Message {
    const message = target(interaction, id);
    messages.edit(message, formOf(call));
    if (message === interaction.original) interaction.loading = false;
    return message;
  }

  return (method, [first, application = '', token = '', kind, id = '']) => {
    if (first !== 'webhooks') return undefined;
    const of = () => interactions.forWebhook(application, token);
    const whose = () => interactions.actOf(token);
    const route = (run: (call: Call) => unknown, does: (call: Call) => string) => ({
      bucket: `webhook ${token}`,
      limit: LIMIT,
      run,
      about: does,
    });
    if (kind === undefined && method === 'POST') {
      return route(
        (call) => api(followUp(of(), call)),
        (call) => `follows up on ${whose()}: ${shown(call)}`,
      );
    }
    if (kind !== 'messages') return undefined;
    const which = id === '@original' ? `the reply to ${whose()}` : `message ${id} of ${whose()}`;
    switch (method) {
      case 'GET':
        return route(
          () => api(target(of(), id)),
          () => `reads ${which}`,
        );
      case 'PATCH':
        return route(
          (call) => api(edit(of(), id, call)),
          (call) => `edits ${which}: ${shown(call)}`,
        );
      case 'DELETE':
        return route(
          () => {
            messages.remove(target(of(), id));
            return undefined;
          },
          () => `deletes ${which}`,
        );
      default:
        return undefined;
    }
  };
}
