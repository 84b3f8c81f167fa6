/** The ways to answer an interaction. Each is one call by the interaction's token; nothing in any of them can ping. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  Routes,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
  type RawFile,
} from 'discord.js';
import { z } from 'zod';
import { bodyOf, type ReplyMessage } from '../../services/discord/reply.ts';

/** Discord takes the first answer to an interaction within 3 seconds of sending it (milliseconds). */
const ACKNOWLEDGE_WITHIN = 3000;

/** How often an answer is sent at most, and how long the second try waits (milliseconds). */
const TRIES = 4;
const TRY_AGAIN = 250;

/** Discord's error codes for a message that is not there (any more), and for an interaction that has its first answer. */
const UNKNOWN_MESSAGE = 10008;
const ALREADY_ACKNOWLEDGED = 40060;

export type Answerable = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/** The part of the answer to a callback that is used: the id of the message that was made. */
const callbackSchema = z.object({ interaction: z.object({ response_message_id: z.string() }) });

/** Whether Discord refused a call: any other failure may pass, and may have come after the call was taken. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError;
}

/** The first answer to an interaction, sent again while there is time for it. */
async function callback(interaction: Answerable | AutocompleteInteraction, body: object): Promise<unknown> {
  const signal = AbortSignal.timeout(ACKNOWLEDGE_WITHIN);
  for (let tries = 1; ; tries += 1) {
    try {
      return await interaction.client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body,
        query: new URLSearchParams({ with_response: 'true' }),
        auth: false,
        signal,
      });
    } catch (error) {
      // The try before this one was taken, and only Discord's word of it was lost.
      if (tries > 1 && isRefusal(error) && error.code === ALREADY_ACKNOWLEDGED) return undefined;
      if (isRefusal(error) || signal.aborted || tries === TRIES) throw error;
    }
  }
}

/** A call after the first answer, where nobody counts the seconds. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (isRefusal(error) || tries === TRIES) throw error;
      await delay(TRY_AGAIN * tries);
    }
  }
}

const privately = (content: string) => ({
  content,
  flags: MessageFlags.Ephemeral,
  allowed_mentions: { parse: [] },
});

/**
 * Shows "thinking ..." until the reply is edited, to all or to the person alone.
 *
 * @returns the reply's message id, where Discord says it.
 * @throws when Discord did not take it: then nobody waits for an answer any more.
 */
export async function defer(
  interaction: Answerable,
  { ephemeral }: { ephemeral: boolean },
): Promise<string | undefined> {
  const data = ephemeral ? { data: { flags: MessageFlags.Ephemeral } } : {};
  const answer = await callback(interaction, {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...data,
  });
  return callbackSchema.safeParse(answer).data?.interaction.response_message_id;
}

/** Takes note of a button's press without a word. @throws when Discord did not take it. */
export async function deferUpdate(interaction: ButtonInteraction): Promise<void> {
  await callback(interaction, { type: InteractionResponseType.DeferredMessageUpdate });
}

/** Answers at once, for the person alone. @throws when Discord did not take it. */
export async function answerPrivately(interaction: Answerable, content: string): Promise<void> {
  await callback(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data: privately(content) });
}

/** Answers at once with a whole message without files, for the person alone. @throws when Discord did not take it. */
export async function showPrivately(interaction: Answerable, message: ReplyMessage): Promise<void> {
  const data = { ...bodyOf(message), flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
  await callback(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data });
}

/** Answers a button by changing the message it is under. @throws when Discord did not take it. */
export async function updatePressed(interaction: ButtonInteraction, message: ReplyMessage): Promise<void> {
  const data = { ...bodyOf(message), allowed_mentions: { parse: [] } };
  await callback(interaction, { type: InteractionResponseType.UpdateMessage, data });
}

/** Shows a whole message in place of a deferral, or for a button in place of the message it is under. */
export async function editOriginal(interaction: Answerable, message: ReplyMessage): Promise<void> {
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token);
  const body = { ...bodyOf(message), allowed_mentions: { parse: [] } };
  const files = (message.files ?? []).map(({ name, data }) => ({ name, data }));
  await insist(() => interaction.client.rest.patch(route, { body, files, auth: false }));
}

/** Answers a button with a form. @throws when Discord did not take it. */
export async function showModal(
  interaction: ButtonInteraction,
  modal: APIModalInteractionResponseCallbackData,
): Promise<void> {
  await callback(interaction, { type: InteractionResponseType.Modal, data: modal });
}

/** Offers choices for the option that is being typed. @throws when Discord did not take it. */
export async function offerChoices(
  interaction: AutocompleteInteraction,
  choices: { name: string; value: string }[],
): Promise<void> {
  await callback(interaction, {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: { choices },
  });
}

/** Deletes what an acknowledged interaction answered with, or for a button the message it is under. None is fine too. */
export async function deleteOriginal(interaction: Answerable): Promise<void> {
  try {
    const original = Routes.webhookMessage(interaction.applicationId, interaction.token);
    await insist(() => interaction.client.rest.delete(original, { auth: false }));
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === UNKNOWN_MESSAGE)) throw error;
  }
}

/** Says something to the person alone, after the interaction was acknowledged. */
export async function followUpPrivately(interaction: Answerable, content: string): Promise<void> {
  const route = Routes.webhook(interaction.applicationId, interaction.token);
  await insist(() => interaction.client.rest.post(route, { body: privately(content), auth: false }));
}

/** Gives what a deferral promised: its message, with files where there are any. */
export async function finish(
  interaction: Answerable,
  { files, ...message }: { content?: string; embeds?: APIEmbed[]; files?: RawFile[] },
): Promise<void> {
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token);
  const body = { ...message, allowed_mentions: { parse: [] } };
  await insist(() => interaction.client.rest.patch(route, { body, ...(files && { files }), auth: false }));
}

/** Takes a deferral back: a public one leaves no trace, and the person alone reads why. */
export async function takeBack(
  interaction: Answerable,
  content: string,
  { ephemeral }: { ephemeral: boolean },
): Promise<void> {
  if (ephemeral) {
    await finish(interaction, { content });
    return;
  }
  await deleteOriginal(interaction);
  await followUpPrivately(interaction, content);
}

/**
 * Says something to the person alone after an acknowledgement of an unknown kind. A command's reply is taken away; a
 * button's or form's may be the message it stands under, and stays.
 */
export async function answerLate(interaction: Answerable, content: string): Promise<void> {
  if (interaction.isChatInputCommand()) await deleteOriginal(interaction);
  await followUpPrivately(interaction, content);
}
