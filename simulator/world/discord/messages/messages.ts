/** Every message of the bot's, as it stands and as it stood. */
import type { MessageTruth, Told } from '../../truth.ts';
import { apiError } from '../../../../playground/discord/api-error.ts';
import type { Files } from '../files/addresses.ts';
import type { Attachment, Channel, Component, Interaction, Message } from '../records.ts';
import type { Snowflakes } from '../snowflakes.ts';
import { asSeen, attachmentsAfter, resolveEmbeds, type UploadedPart } from './attachments.ts';
import { checkMessage, flatten, pings, type Embed, type MessageBody } from './message-rules.ts';
import { linesOf } from './text.ts';

/** Message flags. Source: Discord, message resource, "Message Flags". */
export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;
const SUPPRESS_NOTIFICATIONS = 1 << 12;

/** The largest file by any way (bytes). Source: Discord, reference, "Uploading Files". */
export const FILE_LIMIT = 10 * 1024 * 1024;

/** A word that AutoMod of every guild blocks: messages for all that show it are refused. */
export const AUTOMOD_WORD = 'contrabandry';

/** A message as it is sent, with the files that come along. */
export interface Form {
  body: MessageBody;
  parts: readonly UploadedPart[];
  /** The process whose call it is. */
  by: string;
}

export interface Messages {
  get(id: string): Message | undefined;
  /** The pictures to start from that a message shows now. */
  referencesOf(message: Message): readonly string[];
  /** A channel's messages for all, in order, deleted ones left out. */
  list(channelId: string): Message[];
  /** Those of an interaction, by its token or with a nonce that bears its id, in order. */
  of(interactionId: string): readonly Message[];
  /** `form: undefined` makes the message of a deferral. @throws ApiError */
  create(options: {
    form: Form | undefined;
    channel: Channel;
    interaction?: Interaction;
    ephemeral?: boolean;
    nonce?: string | undefined;
  }): Message;
  /** @throws ApiError */
  edit(message: Message, form: Form, options?: { keepUnlisted: boolean }): void;
  /** @throws ApiError where it is gone already. */
  remove(message: Message): void;
  /** Those of a channel that is deleted. */
  removeAll(channelId: string): void;
}

export function createMessages({
  now,
  snowflakes,
  files: served,
  messages,
  told,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  files: Files;
  messages: Map<string, MessageTruth>;
  told: Told[];
}): Messages {
  const byId = new Map<string, Message>();
  const byChannel = new Map<string, Message[]>();
  const byInteraction = new Map<string, Message[]>();

  function note(index: Map<string, Message[]>, key: string | undefined, message: Message): void {
    if (key === undefined) return;
    const present = index.get(key);
    if (present === undefined) index.set(key, [message]);
    else present.push(message);
  }

  /** What it shows after a request. */
  function stateAfter(
    { channel, truth, attachments, ephemeral }: Message,
    { body, parts }: Form,
    keepUnlisted: boolean,
  ): { content: string; embeds: readonly Embed[]; components: readonly Component[]; attachments: Attachment[] } {
    checkMessage(body);
    const files = attachmentsAfter({
      listed: body.attachments,
      parts,
      present: attachments,
      keepUnlisted,
      mostBytes: FILE_LIMIT,
      channelId: channel.id,
      nextId: () => snowflakes(`file ${truth.id}`),
    });
    const content = body.content === undefined ? truth.content : (body.content ?? '').trim();
    const embedding = body.embeds === undefined ? undefined : resolveEmbeds(body.embeds ?? [], files);
    const embeds = embedding?.embeds ?? (truth.embeds as readonly Embed[]);
    const components = body.components === undefined ? (truth.components as Component[]) : (body.components ?? []);
    if (content === '' && embeds.length === 0 && files.length === 0 && components.length === 0) {
      throw apiError('emptyMessage');
    }
    const shown = files.map((file) =>
      embedding === undefined ? file : { ...file, inEmbed: embedding.used.has(file.id) },
    );
    const after = { content, embeds, components, attachments: shown };
    if (!ephemeral && linesOf(after).join('\n').includes(AUTOMOD_WORD)) throw apiError('autoMod');
    return after;
  }

  /** Serves a message's pictures from now on, and those no more that it has lost. */
  function serve(before: readonly Attachment[], after: readonly Attachment[]): void {
    for (const { id, url, picture } of after)
      if (picture !== undefined && !before.some((file) => file.id === id))
        served.keep(new URL(url).pathname.slice(1), picture);
    for (const { id, url } of before) if (!after.some((file) => file.id === id)) served.drop(url);
  }

  /** The pictures to start from that a message shows, small. */
  const referencesIn = (embeds: readonly Embed[]) =>
    embeds.flatMap(({ thumbnail }) => (thumbnail === undefined ? [] : (served.pictureAt(thumbnail.url) ?? [])));

  function show(message: Message, state: ReturnType<typeof stateAfter>, { by, body }: Form): void {
    const { truth } = message;
    const { attachments, ...visible } = state;
    serve(message.attachments, attachments);
    message.attachments = attachments;
    message.flags &= ~LOADING;
    Object.assign(truth, visible);
    truth.thinking = false;
    truth.pictures = asSeen(state).flatMap(({ id, filename, picture, description }) =>
      picture === undefined ? [] : [{ attachmentId: id, fileName: filename, picture, description }],
    );
    told.push({
      at: now(),
      by,
      messageId: truth.id,
      text: linesOf(state).join('\n'),
      buttons: flatten(state.components).flatMap(({ custom_id: id }) => id ?? []),
      pictures: truth.pictures.map(({ picture }) => picture),
      references: referencesIn(state.embeds),
      onlyFor: truth.onlyFor,
      interaction: truth.interaction,
      ...(pings(body) ? { pings: true } : {}),
    });
  }

  return {
    get: (id) => byId.get(id),
    referencesOf: ({ truth }) => referencesIn(truth.embeds),
    list: (channelId) =>
      (byChannel.get(channelId) ?? []).filter(({ truth, ephemeral }) => truth.deletedAt === undefined && !ephemeral),
    of: (interactionId) => byInteraction.get(interactionId) ?? [],

    create({ form, channel, interaction, ephemeral = false, nonce }) {
      const madeBy = interaction === undefined ? `${channel.id} ${nonce ?? ''}` : interaction.id;
      const flags = (ephemeral ? EPHEMERAL : 0) | (form === undefined ? LOADING : 0);
      const truth: Message['truth'] = {
        id: snowflakes(`message ${madeBy}`),
        channel: channel.id,
        guild: channel.guild,
        onlyFor: ephemeral ? interaction?.user : channel.recipient,
        interaction: interaction?.id,
        content: '',
        embeds: [],
        components: [],
        pictures: [],
        nonce,
        createdAt: now(),
        editedAt: undefined,
        deletedAt: undefined,
        thinking: form === undefined,
        quiet: ((form?.body.flags ?? 0) & SUPPRESS_NOTIFICATIONS) !== 0,
      };
      const message: Message = {
        truth,
        channel,
        interaction,
        ephemeral,
        flags,
        attachments: [],
        nonce,
        replaced: undefined,
      };
      if (form !== undefined) show(message, stateAfter(message, form, true), form);
      byId.set(truth.id, message);
      messages.set(truth.id, truth);
      note(byChannel, channel.id, message);
      note(byInteraction, interaction?.id ?? nonce?.split('-')[0], message);
      return message;
    },

    edit(message, form, { keepUnlisted } = { keepUnlisted: true }) {
      if (message.truth.deletedAt !== undefined) throw apiError('unknownMessage');
      const state = stateAfter(message, form, keepUnlisted);
      const { truth } = message;
      message.replaced = { components: truth.components as Component[], at: now() };
      // A deferral's first edit makes it a message; it does not count as edited.
      if (!truth.thinking) truth.editedAt = now();
      show(message, state, form);
    },

    remove({ truth, attachments }) {
      if (truth.deletedAt !== undefined) throw apiError('unknownMessage');
      truth.deletedAt = now();
      truth.thinking = false;
      serve(attachments, []);
    },

    removeAll(channelId) {
      for (const { truth, attachments } of byChannel.get(channelId) ?? []) {
        truth.deletedAt ??= now();
        serve(attachments, []);
      }
    },
  };
}
