import { apiError } from '../api-error.ts';
import { isRecord } from '../form.ts';
import { param, type Answer, type Call, type Route } from '../http/router.ts';
import type { Interaction, Message, Messages } from '../messages/messages.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { InteractionMessages } from './interaction-messages.ts';

/** The webhook that an interaction's token is for fifteen minutes: its messages and further ones. */
export function webhookRoutes({
  messages,
  interactions,
  interactionMessages,
}: {
  messages: Messages;
  interactions: Interactions;
  interactionMessages: InteractionMessages;
}): Route[] {
  const interactionOf = (call: Call): Interaction =>
    interactions.forWebhook(param(call, 'application'), param(call, 'token'));

  function target(call: Call): { interaction: Interaction; message: Message } {
    const interaction = interactionOf(call);
    const id = param(call, 'message');
    const candidates = [interaction.original, ...interaction.followUps];
    const message = id === '@original' ? interaction.original : candidates.find((candidate) => candidate?.id === id);
    if (!message || message.deleted) throw apiError('unknownMessage');
    return { interaction, message };
  }

  function followUp(call: Call): Answer {
    const interaction = interactionOf(call);
    const { original } = interaction;
    if (original && interactions.isLoading(interaction)) {
      // The first follow-up to a deferral edits its loading message, and its flags count for nothing.
      // Source: receiving and responding, "Create Followup Message".
      const body = isRecord(call.body) ? { ...call.body, flags: undefined } : call.body;
      return {
        status: 200,
        body: messages.describe(interactionMessages.edit(interaction, original, { ...call, body })),
      };
    }
    const message = interactionMessages.post(interaction, call, call.body, []);
    interactions.addFollowUp(interaction, message);
    return { status: 200, body: messages.describe(message) };
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
    webhook('POST', '/webhooks/:application/:token', followUp),
    webhook('GET', messagePattern, (call) => ({ status: 200, body: messages.describe(target(call).message) })),
    webhook('PATCH', messagePattern, (call) => {
      const { interaction, message } = target(call);
      return { status: 200, body: messages.describe(interactionMessages.edit(interaction, message, call)) };
    }),
    webhook('DELETE', messagePattern, (call) => {
      messages.remove(target(call).message);
      return { status: 204 };
    }),
  ];
}
