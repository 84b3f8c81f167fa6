import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod';
import { apiChannel } from '../world/api-objects.ts';
import { ApiError, apiError, invalidForm } from '../api-error.ts';
import { parseForm } from '../form.ts';
import { checkMessage, messageFlag, type Message, type Messages } from '../messages/messages.ts';
import { param, type Call, type Route } from '../http/router.ts';
import { allPermissions, has, permissionsIn, type Channel, type PermissionName, type World } from '../world/world.ts';
import type { MessageBody } from '../request-bodies.ts';

/** Bytes of one file by the channel route: 10 MiB. Source: reference, "Uploading Files". */
const maxFileBytes = 10 * 1024 * 1024;
/** How long an author's nonce is remembered, over all channels: "the past few minutes". Source: message resource, "Create Message". */
const nonceMs = 180_000;
/** Edits of messages older than an hour, in a channel. Undocumented; the number is seen in practice. */
const oldEdits = { limit: 3, windowMs: 20_000 };
const hour = 3_600_000;
const createFlags =
  messageFlag.suppressEmbeds | messageFlag.suppressNotifications | messageFlag.componentsV2 | messageFlag.voice;

/** A channel and its messages, with the bot's token and the bot's permissions. */
export function channelRoutes({
  world,
  messages,
  now,
}: {
  world: World;
  messages: Messages;
  now: () => number;
}): Route[] {
  const nonces = new Map<string, { message: Message; until: number }>();
  const editsOfOld = new Map<string, number[]>();

  /** The channel and what the bot may do there; without View Channel it is out of reach. */
  function enter(call: Call): { channel: Channel; bits: bigint } {
    const channel = world.channels.get(param(call, 'channel'));
    if (!channel) throw apiError('unknownChannel');
    if (!channel.guild) return { channel, bits: allPermissions };
    const member = channel.guild.members.get(world.bot.id);
    const bits = member ? permissionsIn(member, channel) : 0n;
    if (!has(bits, 'ViewChannel')) throw apiError('missingAccess');
    return { channel, bits };
  }

  function need(bits: bigint, ...names: PermissionName[]): void {
    if (names.some((name) => !has(bits, name))) throw apiError('missingPermissions');
  }

  /** Without Embed Links, Discord silently leaves the embeds out (discord-api-docs #2601, #5648). */
  function withoutForbiddenEmbeds(body: MessageBody, bits: bigint): MessageBody {
    return body.embeds?.length && !has(bits, 'EmbedLinks') ? { ...body, embeds: [] } : body;
  }

  /** A message of the channel as the bot's token sees it: ephemeral ones are out of its reach. */
  function messageOf(call: Call, channel: Channel): Message {
    const message = messages.get(param(call, 'message'));
    if (!message || message.deleted || message.visibleTo || message.channel !== channel)
      throw apiError('unknownMessage');
    return message;
  }

  function create(call: Call): Message {
    const { channel, bits } = enter(call);
    need(bits, channel.parent ? 'SendMessagesInThreads' : 'SendMessages');
    const asked = parseForm(MessageCreateRequestSchema, call.body ?? {});
    checkMessage(asked, { v2: Boolean((asked.flags ?? 0) & messageFlag.componentsV2), settable: createFlags });
    const body = withoutForbiddenEmbeds(asked, bits);
    // A message of nothing but embeds is refused outright (discord-api-docs #2601).
    if (body !== asked && !asked.content && call.parts.length === 0) throw apiError('missingPermissions');
    if (call.parts.length > 0) need(bits, 'AttachFiles');
    if (channel.recipient?.dmsClosed) throw apiError('closedToUs');
    if (body.tts) need(bits, 'SendTtsMessages');
    if (body.message_reference) need(bits, 'ReadMessageHistory');
    const nonce = body.nonce ?? null;
    const known = nonces.get(String(nonce));
    const repeated = known && known.until > now() && !known.message.deleted;
    if (body.enforce_nonce && nonce !== null && repeated) return known.message;
    const repliesTo = repliedMessage(body.message_reference, channel);
    const message = messages.create({
      form: { body, parts: call.parts },
      channel,
      author: world.bot,
      type: repliesTo ? 19 : 0,
      flags: body.flags ?? 0,
      nonce,
      repliesTo,
      maxFileBytes,
      permissions: bits,
    });
    if (nonce !== null) nonces.set(String(nonce), { message, until: now() + nonceMs });
    return message;
  }

  function repliedMessage(
    reference: { readonly message_id: string; readonly fail_if_not_exists?: boolean | null } | null | undefined,
    channel: Channel,
  ): Message | null {
    if (!reference) return null;
    const message = messages.get(reference.message_id);
    if (message && !message.deleted && message.channel === channel) return message;
    if (reference.fail_if_not_exists === false) return null;
    throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
  }

  function edit(call: Call): Message {
    const { channel, bits } = enter(call);
    const message = messageOf(call, channel);
    if (message.author !== world.bot) throw apiError('othersMessage');
    const asked = parseForm(MessageEditRequestPartialSchema, call.body ?? {});
    const v2 = Boolean((message.flags | (asked.flags ?? 0)) & messageFlag.componentsV2);
    checkMessage(asked, { v2, settable: null });
    const body = withoutForbiddenEmbeds(asked, bits);
    if (call.parts.length > 0) need(bits, 'AttachFiles');
    if (now() - message.createdAt > hour) countOldEdit(channel);
    return messages.edit(message, { form: { body, parts: call.parts }, maxFileBytes, permissions: bits });
  }

  function countOldEdit(channel: Channel): void {
    const time = Date.now();
    const recent = (editsOfOld.get(channel.id) ?? []).filter((at) => at > time - oldEdits.windowMs);
    const [oldest = time] = recent;
    if (recent.length >= oldEdits.limit) {
      const seconds = Math.max(1, oldest + oldEdits.windowMs - time) / 1000;
      const message = 'Maximum number of edits to messages older than 1 hour reached. Try again later';
      throw new ApiError(429, 30046, message, { retry_after: seconds, global: false });
    }
    editsOfOld.set(channel.id, [...recent, time]);
  }

  const route = (method: string, pattern: string, limit: Route['limit'], run: Route['run']): Route => ({
    method,
    pattern,
    auth: 'bot',
    limit,
    major: ['channel'],
    run,
  });
  const fivePerFive = { limit: 5, windowMs: 5000 };
  const tenPerFive = { limit: 10, windowMs: 5000 };
  return [
    route('GET', '/channels/:channel', tenPerFive, (call) => ({ status: 200, body: apiChannel(enter(call).channel) })),
    route('GET', '/channels/:channel/messages', tenPerFive, (call) => {
      const { channel, bits } = enter(call);
      // Without Read Message History the list is empty. Source: message resource, "Get Channel Messages".
      const readable = has(bits, 'ReadMessageHistory');
      const listed = readable
        ? page(
            messages.list(channel.id).filter(({ visibleTo }) => !visibleTo),
            call.query,
          )
        : [];
      return { status: 200, body: listed.map((message) => messages.describe(message)) };
    }),
    route('GET', '/channels/:channel/messages/:message', tenPerFive, (call) => {
      const { channel, bits } = enter(call);
      need(bits, 'ReadMessageHistory');
      return { status: 200, body: messages.describe(messageOf(call, channel)) };
    }),
    route('POST', '/channels/:channel/messages', fivePerFive, (call) => ({
      status: 200,
      body: messages.describe(create(call)),
    })),
    route('PATCH', '/channels/:channel/messages/:message', fivePerFive, (call) => ({
      status: 200,
      body: messages.describe(edit(call)),
    })),
    route('DELETE', '/channels/:channel/messages/:message', fivePerFive, (call) => {
      const { channel, bits } = enter(call);
      const message = messageOf(call, channel);
      if (message.author !== world.bot) need(bits, 'ManageMessages');
      messages.remove(message);
      return { status: 204 };
    }),
    route('POST', '/channels/:channel/typing', fivePerFive, (call) => {
      const { bits } = enter(call);
      need(bits, 'SendMessages');
      return { status: 204 };
    }),
  ];
}

/** A page of a channel's messages, newest first. Source: message resource, "Get Channel Messages". */
function page(all: readonly Message[], query: URLSearchParams): Message[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    const message = 'int value should be between 1 and 100.';
    throw invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message }]);
  }
  const bound = (name: string): bigint | null => {
    const id = query.get(name);
    if (id === null) return null;
    if (/^\d{1,20}$/.test(id)) return BigInt(id);
    throw invalidForm([{ path: [name], code: 'NUMBER_TYPE_COERCE', message: `Value "${id}" is not snowflake.` }]);
  };
  const before = bound('before');
  const after = bound('after');
  const around = bound('around');
  if (after !== null)
    return all
      .filter(({ id }) => BigInt(id) > after)
      .slice(0, limit)
      .reverse();
  if (around !== null) {
    const older = all.filter(({ id }) => BigInt(id) <= around).slice(-Math.ceil(limit / 2));
    const newer = all.filter(({ id }) => BigInt(id) > around).slice(0, Math.floor(limit / 2));
    return [...older, ...newer].reverse();
  }
  return all
    .filter(({ id }) => before === null || BigInt(id) < before)
    .slice(-limit)
    .reverse();
}
