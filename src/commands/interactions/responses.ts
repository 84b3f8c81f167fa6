/** The ways to respond to an interaction. Each is one call by the interaction's token; nothing in any of them can ping. */
import {
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  Routes,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type REST,
} from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import { uploadBody, type UploadedFile } from '../../services/discord/reply.ts';
import { bodyOf, type ReplyMessage } from '../../services/messages/messages.ts';
import type { Opening, Repliable } from './command.ts';

export type { Repliable };

/** Discord takes the first response to an interaction within 3 seconds of sending it (milliseconds). */
const ACKNOWLEDGE_WITHIN = 3000;

/** How often a response is sent at most, and how long the second try waits (milliseconds). */
const TRIES = 4;
const RETRY_DELAY = 250;

/** Discord's error codes for a message that is not there (any more), and for an interaction that has its first response. */
const UNKNOWN_MESSAGE = 10008;
const ALREADY_ACKNOWLEDGED = 40060;

export interface Responses {
  /**
   * Shows "thinking ..." until the reply is edited, to all or to the person alone.
   *
   * @returns the reply's message id; `undefined` where a try before may have been taken, or one of another process.
   * @throws when Discord did not take it: then nobody waits for a response any more.
   */
  deferReply(interaction: Repliable, options: { ephemeral: boolean }): Promise<string | undefined>;
  /** Takes note of a button's press without a word. @throws when Discord did not take it, or the press has been answered otherwise. */
  deferUpdate(interaction: ButtonInteraction): Promise<void>;
  /** Responds at once, for the person alone: with a line, or a message without files. @throws when Discord did not take it. */
  replyPrivately(interaction: Repliable, message: string | ReplyMessage): Promise<void>;
  /** Responds to a button by changing the message it is under. @throws when Discord did not take it. */
  update(interaction: ButtonInteraction, message: ReplyMessage): Promise<void>;
  /** Responds with a form. @throws when Discord did not take it. */
  showModal(interaction: Opening, modal: APIModalInteractionResponseCallbackData): Promise<void>;
  /** Offers choices for the option that is being typed. @throws when Discord did not take it. */
  offerChoices(interaction: AutocompleteInteraction, choices: { name: string; value: string }[]): Promise<void>;
  /** Shows a whole message in place of a deferral, or for a button in place of the message it is under. */
  editReply(interaction: Repliable, message: ReplyMessage): Promise<void>;
  /**
   * Changes the line above the reply, and nothing else of it. Tried once: whatever the reply has become meanwhile stays, should
   * Discord take it late, or this process have stood still.
   */
  noteInReply(interaction: Repliable, content: string): Promise<void>;
  /** Shows what a deferral promised, with files where there are any. */
  completeReply(interaction: Repliable, message: PrivateReply): Promise<void>;
  /** Deletes the reply to an acknowledged interaction, or for a button the message it is under. None is fine too. */
  deleteReply(interaction: Repliable): Promise<void>;
  /** Tells the person alone, after the interaction was acknowledged. */
  followUpPrivately(interaction: Repliable, message: string | ReplyMessage): Promise<void>;
  /** Takes a deferral back: a public one leaves no trace, and the person alone reads why. */
  withdrawReply(interaction: Repliable, message: string | ReplyMessage, options: { ephemeral: boolean }): Promise<void>;
  /**
   * Tells the person alone after an acknowledgement of an unknown kind. A command's reply is deleted; a button's or
   * form's may be the message it stands under, and stays.
   */
  followUpAfterFailure(interaction: Repliable, message: string | ReplyMessage): Promise<void>;
}

/** A message that its reader alone sees, in place of a deferral. */
export interface PrivateReply {
  content?: string;
  embeds?: APIEmbed[];
  files?: UploadedFile[];
}

/** The part of the answer to a callback that is used: the id of the message that was made. */
const callbackSchema = z.object({ interaction: z.object({ response_message_id: z.string() }) });

/** Whether Discord refused a call: any other failure may pass, and may have come after the call was taken. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError;
}

const NO_PINGS = { allowed_mentions: { parse: [] } };

/** A message for the person alone, as a request has it. */
function ephemeral(message: string | ReplyMessage): object {
  const body = typeof message === 'string' ? { content: message } : bodyOf(message);
  return { ...body, flags: MessageFlags.Ephemeral, ...NO_PINGS };
}

/**
 * @param acknowledgements - for the first response to an interaction, which has 3 seconds.
 * @param rest - for edits and follow-ups.
 */
export function createResponses({
  acknowledgements,
  rest,
  clock,
}: {
  acknowledgements: Pick<REST, 'post'>;
  rest: Pick<REST, 'get' | 'post' | 'patch' | 'delete'>;
  clock: Pick<Clock, 'setTimeout' | 'sleep'>;
}): Responses {
  /** The first response to an interaction, sent again while there is time for it. Gives Discord's refusal where it has one already. */
  function callback(interaction: Repliable | AutocompleteInteraction, body: object): Promise<unknown> {
    const route = Routes.interactionCallback(interaction.id, interaction.token);
    const query = new URLSearchParams({ with_response: 'true' });
    return withDeadline(clock, ACKNOWLEDGE_WITHIN, async (signal) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await acknowledgements.post(route, { body, query, auth: false, signal });
        } catch (error) {
          // The try before this one was taken, and only Discord's word of it was lost; or another process's was.
          if (tries > 1 && isRefusal(error) && error.code === ALREADY_ACKNOWLEDGED) return error;
          if (isRefusal(error) || signal.aborted || tries === TRIES) throw error;
        }
      }
    });
  }

  /** A call after the first response, where nobody counts the seconds. */
  async function retried<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (error) {
        if (isRefusal(error) || tries === TRIES) throw error;
        await clock.sleep(RETRY_DELAY * tries);
      }
    }
  }

  const original = ({ applicationId, token }: Repliable) => Routes.webhookMessage(applicationId, token);

  async function edit(interaction: Repliable, body: object, files: readonly UploadedFile[] = []): Promise<void> {
    const upload = uploadBody({ ...body, ...NO_PINGS }, files);
    await retried(() => rest.patch(original(interaction), { ...upload, auth: false }));
  }

  const responses: Responses = {
    async deferReply(interaction, options) {
      const type = InteractionResponseType.DeferredChannelMessageWithSource;
      const data = options.ephemeral ? { data: { flags: MessageFlags.Ephemeral } } : {};
      const answer = await callback(interaction, { type, ...data });
      return callbackSchema.safeParse(answer).data?.interaction.response_message_id;
    },

    async deferUpdate(interaction) {
      const answer = await callback(interaction, { type: InteractionResponseType.DeferredMessageUpdate });
      if (!isRefusal(answer)) return;
      // Answered by a message of its own, the press has that for its reply, and not the message that the button is under.
      const shown = z
        .object({ id: z.string() })
        .parse(await retried(() => rest.get(original(interaction), { auth: false })));
      if (shown.id !== interaction.message.id) throw answer;
    },

    async replyPrivately(interaction, message) {
      const type = InteractionResponseType.ChannelMessageWithSource;
      await callback(interaction, { type, data: ephemeral(message) });
    },

    async update(interaction, message) {
      const data = { ...bodyOf(message), ...NO_PINGS };
      await callback(interaction, { type: InteractionResponseType.UpdateMessage, data });
    },

    async showModal(interaction, modal) {
      await callback(interaction, { type: InteractionResponseType.Modal, data: modal });
    },

    async offerChoices(interaction, choices) {
      const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
      await callback(interaction, { type, data: { choices } });
    },

    async editReply(interaction, message) {
      await edit(interaction, bodyOf(message), message.files);
    },

    async noteInReply(interaction, content) {
      await rest.patch(original(interaction), { body: { content, ...NO_PINGS }, auth: false });
    },

    completeReply: (interaction, { files, ...message }) => edit(interaction, message, files),

    async deleteReply(interaction) {
      try {
        await retried(() => rest.delete(original(interaction), { auth: false }));
      } catch (error) {
        if (!(isRefusal(error) && error.code === UNKNOWN_MESSAGE)) throw error;
      }
    },

    async followUpPrivately(interaction, message) {
      const route = Routes.webhook(interaction.applicationId, interaction.token);
      await retried(() => rest.post(route, { body: ephemeral(message), auth: false }));
    },

    async withdrawReply(interaction, message, options) {
      if (options.ephemeral) {
        await edit(interaction, typeof message === 'string' ? { content: message } : bodyOf(message));
        return;
      }
      await responses.deleteReply(interaction);
      await responses.followUpPrivately(interaction, message);
    },

    async followUpAfterFailure(interaction, message) {
      if (interaction.isCommand()) await responses.deleteReply(interaction);
      await responses.followUpPrivately(interaction, message);
    },
  };
  return responses;
}
