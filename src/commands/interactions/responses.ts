/** The ways to respond to an interaction. Each is one call by the interaction's token; nothing in any of them can ping. */
import {
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
import { uploadBody, type UploadedFile } from '../../services/discord/reply.ts';
import { bodyOf, type ReplyMessage } from '../../services/messages/messages.ts';
import type { Opening, Repliable } from './command.ts';
import { createSending, isRefusal } from './sending.ts';

export type { Repliable };

/** Discord's error code for a message that is not there (any more). */
const UNKNOWN_MESSAGE = 10008;

export interface Responses {
  /**
   * Shows "thinking ..." until the reply is edited, to all or to the person alone.
   *
   * @returns the reply's message id, where Discord tells it.
   * @throws when Discord did not take it, or the interaction has been answered otherwise: then nobody waits for a response any more.
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
   * Tells the person alone after an acknowledgement of an unknown kind. A deferral is deleted: a follow-up would take its
   * place, before everybody. The message that a button or form stands under stays.
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

/** What is read of a reply as Discord has it. */
const shownSchema = z.object({ id: z.string(), flags: z.number().catch(0) });

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
  const { callback, retried } = createSending({ acknowledgements, clock });
  const original = ({ applicationId, token }: Repliable) => Routes.webhookMessage(applicationId, token);

  const readReply = async (interaction: Repliable) =>
    shownSchema.parse(await retried(() => rest.get(original(interaction), { auth: false })));

  /** The id of an interaction's reply where that is a deferral that waits to be filled; not where Discord shows none. */
  async function thinking(interaction: Repliable): Promise<string | undefined> {
    try {
      const { id, flags } = await readReply(interaction);
      return (flags & MessageFlags.Loading) === 0 ? undefined : id;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  async function edit(interaction: Repliable, body: object, files: readonly UploadedFile[] = []): Promise<void> {
    const upload = uploadBody({ ...body, ...NO_PINGS }, files);
    await retried(() => rest.patch(original(interaction), { ...upload, auth: false }));
  }

  const responses: Responses = {
    async deferReply(interaction, options) {
      const type = InteractionResponseType.DeferredChannelMessageWithSource;
      const data = options.ephemeral ? { data: { flags: MessageFlags.Ephemeral } } : {};
      const answer = await callback(interaction, { type, ...data });
      if (!isRefusal(answer)) return callbackSchema.safeParse(answer).data?.interaction.response_message_id;
      // Taken before, by this process or one before it, which may have refused it meanwhile.
      const replyId = await thinking(interaction);
      if (replyId === undefined) throw answer;
      return replyId;
    },

    async deferUpdate(interaction) {
      const answer = await callback(interaction, { type: InteractionResponseType.DeferredMessageUpdate });
      if (!isRefusal(answer)) return;
      // Answered by a message of its own, the press has that for its reply, and not the message that the button is under.
      if ((await readReply(interaction)).id !== interaction.message.id) throw answer;
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
      if (interaction.isCommand() || (await thinking(interaction)) !== undefined)
        await responses.deleteReply(interaction);
      await responses.followUpPrivately(interaction, message);
    },
  };
  return responses;
}
