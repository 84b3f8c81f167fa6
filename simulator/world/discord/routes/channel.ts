/** A channel and its messages, with the bot's own token and the bot's permissions there. */
import { apiError } from '../../../../playground/discord/api-error.ts';
import type { MessageBody } from '../messages/message-rules.ts';
import type { Messages } from '../messages/messages.ts';
import type { Posts } from '../files/posts.ts';
import type { Places } from '../places.ts';
import type { Channel, Message } from '../records.ts';
import type { RateLimits } from '../rest/rate-limits.ts';
import type { Call, Matched, Section } from './route.ts';
import { formOf } from './webhook.ts';

/** How long an author's nonce is known, over all channels (milliseconds): "the past few minutes". Source: Discord, message resource. */
const NONCE_KNOWN = 180_000;
const HOUR = 3_600_000;

const READS = { most: 10, window: 5000 };
const WRITES = { most: 5, window: 5000 };

export function channelRoutes({
  now,
  places,
  messages,
  posts,
  rateLimits,
  api,
  shown,
}: {
  now: () => number;
  places: Places;
  messages: Messages;
  posts: Posts;
  rateLimits: RateLimits;
  api: (message: Message) => object;
  shown: (call: Call) => string;
}): Section {
  const nonces = new Map<string, { message: Message; until: number }>();

  /** @throws ApiError where the channel is gone, or the bot does not see it. */
  function enter(id: string): Channel {
    const channel = places.channel(id);
    if (channel === undefined || channel.deleted) throw apiError('unknownChannel');
    if (!places.may(channel, 'ViewChannel')) throw apiError('missingAccess');
    return channel;
  }

  function need(channel: Channel, ...permissions: string[]): void {
    if (permissions.some((name) => !places.may(channel, name))) throw apiError('missingPermissions');
  }

  /** A message as the bot's token sees it: those that one person sees are out of its reach. */
  function messageIn(channel: Channel, id: string): Message {
    const message = messages.get(id);
    if (message === undefined || message.truth.deletedAt !== undefined || message.ephemeral) {
      throw apiError('unknownMessage');
    }
    if (message.channel !== channel) throw apiError('unknownMessage');
    return message;
  }

  /** Without Embed Links, Discord leaves the embeds out without a word (discord-api-docs #2601, #5648). */
  function allowedForm(channel: Channel, call: Call) {
    const form = formOf(call);
    if (form.parts.length > 0) need(channel, 'AttachFiles');
    if (!form.body.embeds?.length || places.may(channel, 'EmbedLinks')) return form;
    // What is left of a message of nothing but embeds is refused.
    if (!form.body.content && form.parts.length === 0) throw apiError('missingPermissions');
    return { ...form, body: { ...form.body, embeds: [] } };
  }

  function create(channelId: string, call: Call): Message {
    const channel = enter(channelId);
    need(channel, channel.thread ? 'SendMessagesInThreads' : 'SendMessages');
    if (channel.archived) throw apiError('locked');
    const form = allowedForm(channel, call);
    if (channel.recipient !== undefined && places.refusesDirectMessages(channel.recipient))
      throw apiError('closedToUs');
    const { nonce: given, enforce_nonce: enforced } = form.body;
    const nonce = given === undefined ? undefined : String(given);
    const known = nonce === undefined ? undefined : nonces.get(nonce);
    if (enforced === true && known !== undefined && known.until > now()) {
      // Discord looks for the message that it has made, and does not find it (discord-api-docs #6647).
      if (known.message.truth.deletedAt !== undefined) throw apiError('unknownMessage');
      return known.message;
    }
    const message = messages.create({ form, channel, nonce });
    if (nonce !== undefined) nonces.set(nonce, { message, until: now() + NONCE_KNOWN });
    return message;
  }

  function edit(channelId: string, id: string, call: Call): Message {
    const channel = enter(channelId);
    const message = messageIn(channel, id);
    if (channel.archived) throw apiError('archived');
    const form = allowedForm(channel, call);
    if (now() - message.truth.createdAt > HOUR) rateLimits.takeOldEdit(channel.id);
    messages.edit(message, form);
    if (message.interaction?.original === message) message.interaction.loading = false;
    return message;
  }

  /** A page of messages. Source: Discord, message resource, "Get Channel Messages". */
  function list(channelId: string, query: URLSearchParams): object[] {
    const channel = enter(channelId);
    // Without Read Message History the list is empty.
    if (!places.may(channel, 'ReadMessageHistory')) return [];
    const limit = Number(query.get('limit') ?? 50);
    const after = query.get('after');
    const all = messages.list(channel.id);
    const page =
      after === null ? all.slice(-limit) : all.filter(({ truth }) => BigInt(truth.id) > BigInt(after)).slice(0, limit);
    return page.reverse().map(api);
  }

  return (method, [first, channelId = '', kind, id]) => {
    if (first !== 'channels' || kind !== 'messages') return undefined;
    const where = () => places.nameOf(channelId);
    const route = (run: Matched['run'], about: Matched['about']): Matched => ({
      bucket: `${method} messages ${channelId}`,
      limit: method === 'GET' ? READS : WRITES,
      run,
      about,
    });
    if (id === undefined) {
      if (method === 'GET')
        return route(
          ({ query }) => list(channelId, query),
          () => `reads ${where()}`,
        );
      if (method !== 'POST') return undefined;
      return route(
        (call) => api(create(channelId, call)),
        (call) => `posts in ${where()} (nonce ${String((call.body as MessageBody).nonce)}): ${shown(call)}`,
      );
    }
    switch (method) {
      case 'GET':
        return route(
          () => {
            const channel = enter(channelId);
            need(channel, 'ReadMessageHistory');
            // Of others' messages nothing is shown without the intent for it, which the bot does not ask for.
            const post = posts.get(id);
            if (post !== undefined && !post.deleted && post.channel === channel)
              return posts.api(post, { open: false });
            return api(messageIn(channel, id));
          },
          () => `reads message ${id}`,
        );
      case 'PATCH':
        return route(
          (call) => api(edit(channelId, id, call)),
          (call) => `edits message ${id} in ${where()}: ${shown(call)}`,
        );
      case 'DELETE':
        return route(
          () => {
            messages.remove(messageIn(enter(channelId), id));
            return undefined;
          },
          () => `deletes message ${id} in ${where()}`,
        );
      default:
        return undefined;
    }
  };
}
