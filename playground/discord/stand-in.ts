import { createClientActions } from './client/client.ts';
import { createCommands, type RegisteredCommand } from './commands/commands.ts';
import { createEvents } from './events.ts';
import { createFiles } from './files/files.ts';
import { createUploads } from './files/uploads.ts';
import { createGateway, intent } from './gateway/gateway.ts';
import { createFaults, createHttp, createListener, createRateLimits } from './http/server.ts';
import { createInteractions } from './interactions/interactions.ts';
import { createMessages, type Message } from './messages/messages.ts';
import { createMessageControls } from './message-controls.ts';
import { createRoutes } from './routes/routes.ts';
import { seedWorld } from './seed.ts';
import { createSnowflakes } from './snowflake.ts';
import { createWaiting } from './waiting.ts';
import { createWorldControls } from './world-controls.ts';
import { applicationIdOf, createWorld, type Guild } from './world/world.ts';
import type { DiscordStandInOptions } from './options.ts';

export type { DiscordStandInOptions } from './options.ts';
export type { StandInEvent } from './events.ts';
export type { RegisteredCommand } from './commands/commands.ts';
export type { Upload } from './files/uploads.ts';
export type { Fault } from './http/server.ts';
export type { Interaction, Message, MessageVersion } from './messages/messages.ts';
export type { Component, Embed } from './request-bodies.ts';
export {
  guildPermissions,
  has,
  type Channel,
  type Guild,
  type Member,
  type PermissionName,
  type User,
} from './world/world.ts';

/**
 * A local server that stands for Discord: REST API and gateway of version 10, for one application, with guilds,
 * channels and people of its own. It holds the bot to what Discord documents: deadlines, token life, permissions, limits
 * of messages and commands, rate limits, error codes. Requests are validated by Discord's own API description plus the
 * documented rules that it lacks.
 *
 * Where Discord is known to differ from its documentation, the harder reading stands: a component update (type 7) drops
 * the files it does not list; files shown in embeds are missing from a message's `attachments`; a deferral's
 * `with_response` holds no message; without Embed Links a channel message loses its embeds in silence; a nonce counts for
 * its author over all channels; a file is gone with its message; what was uploaded for a command or a modal is gone with the
 * address that came with it.
 *
 * Left out: voice, reactions, threads' life, polls, stickers, invites, emojis, moderation, monetization, user-installed
 * apps, HTTP interactions, ETF and zstd, webhooks other than interaction tokens, and permission
 * checks on interaction responses.
 *
 * @throws Error when the port is taken
 */
export async function createDiscordStandIn({
  token,
  port = 0,
  applicationId,
  botUserId,
  tokenLifeMs = 15 * 60_000,
  acknowledgeWithinMs = 3000,
  rateLimits: limited = true,
  now = Date.now,
  attachmentSizeLimit = 10 * 1024 * 1024,
  addressLifeMs = 86_400_000,
  shards = 1,
  maxConcurrency = 1,
  identifyWindowMs = 5000,
  heartbeatMs = 41_250,
}: DiscordStandInOptions) {
  let listeningOn = port;
  const origin = (): string => `127.0.0.1:${listeningOn}`;
  const snowflakes = createSnowflakes({ now });
  const waiting = createWaiting(null, () => 'a state of the Discord stand-in');
  const events = createEvents({ now, afterwards: waiting.changed });
  const world = createWorld({ snowflakes, now, applicationId: applicationId ?? snowflakes.next(), botUserId });
  const seeded = seedWorld(world);
  const faults = createFaults();
  const rateLimits = createRateLimits({ enabled: limited, events });
  const gateway = createGateway({
    world,
    token,
    events,
    origin,
    shards,
    maxConcurrency,
    heartbeatMs,
    identifyWindowMs,
  });
  const commands = createCommands({ snowflakes, applicationId: applicationIdOf(world.bot), now });
  const interactions = createInteractions({
    now,
    snowflakes,
    events,
    applicationId: applicationIdOf(world.bot),
    acknowledgeWithinMs,
    tokenLifeMs,
  });
  const baseUrl = () => `http://${origin()}`;
  const files = createFiles({ baseUrl, now, lifeMs: addressLifeMs });
  const messages = createMessages({
    now,
    snowflakes,
    events,
    files,
    bot: world.bot,
    baseUrl,
    changed(message, change) {
      interactions.messageChanged(message, change);
      broadcastMessage(message, change);
      waiting.changed();
    },
  });

  const { server, requests } = createHttp({
    routes: createRoutes({
      world,
      commands,
      gateway,
      messages,
      interactions,
      maxFileBytes: attachmentSizeLimit,
      now,
    }),
    token,
    now,
    events,
    rateLimits,
    faults,
    files,
    maskedPath,
  });
  server.on('upgrade', gateway.upgrade);
  const listener = createListener(server);
  listeningOn = await listener.start(port);

  /** Puts `~<interaction id>` in the place of a token. */
  function maskedPath(path: string): string {
    const known = /^\/(?:interactions|webhooks)\/[^/]+\/([^/]+)/.exec(path)?.[1];
    return known === undefined
      ? path
      : path.replace(known, `~${interactions.idOf(decodeURIComponent(known)) ?? 'unknown'}`);
  }

  function broadcastMessage(message: Message, change: 'create' | 'update' | 'delete'): void {
    const { channel, visibleTo, id } = message;
    if (visibleTo) return;
    const name = `MESSAGE_${change.toUpperCase()}`;
    const where = { channel_id: channel.id, ...(channel.guild && { guild_id: channel.guild.id }) };
    const data = () => (change === 'delete' ? { id, ...where } : { ...messages.describe(message), ...where });
    const needs = channel.guild ? intent.guildMessages : intent.directMessages;
    gateway.broadcast({ name, guildId: channel.guild?.id ?? null, data, needs });
  }

  return {
    ...createClientActions({
      world,
      commands,
      interactions,
      gateway,
      messages,
      uploads: createUploads({ files, snowflakes, baseUrl, maxBytes: attachmentSizeLimit }),
      fileLimit: attachmentSizeLimit,
    }),
    ...createWorldControls({ world, gateway }),
    ...createMessageControls({ world, messages, files, maxFileBytes: attachmentSizeLimit }),
    ...seeded,
    token,
    /** The bot's user; its id is the application's. */
    bot: world.bot,
    /** The owner of the application. */
    host: world.host,
    /** What `rest.api` (`DISCORD_API_URL`) must be. */
    apiUrl: `http://${origin()}/api`,
    port: listeningOn,
    /** Every REST call so far, in the order of their answers. Status 0: the connection was cut. */
    requests,
    rateLimited: rateLimits.given,
    invalidAnswers: rateLimits.invalidAnswers,
    /** Registered commands: global ones, or a guild's own. */
    commands: (guild?: Guild): RegisteredCommand[] => commands.list(guild?.id ?? null),
    commandCreates: commands.creates,
    sessions: gateway.sessions,
    identifies: gateway.starts,

    failNext: faults.failNext,
    clearFaults: faults.clear,
    dropGateway: gateway.drop,
    reconnectGateway: gateway.askToReconnect,
    invalidateSession: gateway.invalidate,
    interaction: interactions.get,
    expireTokens: interactions.expireTokens,
    /** Bytes of one file that people may send, and the bot in response to them. */
    attachmentSizeLimit,
    globalRateLimit: rateLimits.limitGlobally,
    /** Refuses connections and cuts those there are, until `comeUp`. Sessions can be resumed after it. */
    async goDown(): Promise<void> {
      gateway.drop();
      await listener.stop();
    },
    async comeUp(): Promise<void> {
      await listener.start(listeningOn);
    },

    /** Listens to everything that happens; returns the function that ends it. */
    on: events.listen,
    /** Resolves once the predicate holds; it is tried whenever anything happens. Rejects after `timeoutMs` (45 s). */
    async until(predicate: () => boolean, timeoutMs?: number): Promise<void> {
      await waiting.until(predicate, timeoutMs);
    },

    async close(): Promise<void> {
      gateway.close();
      await listener.stop();
    },
  };
}

export type DiscordStandIn = Awaited<ReturnType<typeof createDiscordStandIn>>;
