/** Serves the page, its stream of events, and what people do in it. The state lives in the stand-ins; the page is a view. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequestLog } from './request-log.ts';
import { createControls } from './controls.ts';
import { isForThisServer, listenFrom } from './loopback.ts';
import { createPosts } from './posts.ts';
import { readStatic } from './static-files.ts';
import { guildsOf, messageView, worldView } from './views.ts';
import type { Interaction, Message } from '../../discord/stand-in.ts';
import type { Playground } from '../playground.ts';

/** Comments that keep the stream open through proxies (milliseconds). */
const KEEP_OPEN_EVERY = 20_000;

/** Discord's client waits so long for an answer to what a person did, and a little for it to arrive (milliseconds). */
const FAILED_AFTER = 3200;

export interface PageServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Tells the page of an interaction that was sent elsewhere, as of those sent in the page. */
  follow(interaction: Interaction): void;
  close(): Promise<void>;
}

/**
 * Starts the server on this port of 127.0.0.1, or the next free one; 0 takes any.
 *
 * @throws Error when no port is free
 */
export async function createPageServer({
  playground,
  port,
}: {
  playground: Playground;
  port: number;
}): Promise<PageServer> {
  const { discord } = playground;
  const streams = new Set<ServerResponse>();
  const timers = new Set<NodeJS.Timeout>();

  function broadcast(type: string, data: unknown): void {
    const text = `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const stream of streams) stream.write(text);
  }

  const broadcastWorld = () => {
    broadcast('world', worldView(discord));
  };
  const controls = createControls({
    playground,
    changed() {
      broadcast('controls', controls.view());
    },
  });
  const requestLog = createRequestLog({
    playground,
    added(entry) {
      broadcast('log', entry);
    },
  });
  const posts = createPosts({ playground, controls, requestLog, sent: track, changed: broadcastWorld });

  /** Tells the page how an interaction goes on, until it was answered or failed. */
  function track(interaction: Interaction): void {
    const { id, user, channel, source, payload } = interaction;
    requestLog.interactionSent(interaction, user.globalName ?? user.username);
    const data = payload['data'] as { name?: string; custom_id?: string } | undefined;
    const view = {
      id,
      userId: user.id,
      channelId: channel.id,
      messageId: source?.id ?? null,
      customId: data?.custom_id ?? null,
      command: data?.name ?? null,
      targetId: interaction.target?.id ?? null,
    };
    broadcast('interaction', { ...view, state: 'sent' });
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!interaction.acknowledgement) broadcast('interaction', { ...view, state: 'failed' });
    }, FAILED_AFTER);
    timers.add(timer);
    void interaction
      .until(({ acknowledgement }) => acknowledgement !== null, FAILED_AFTER)
      .then(() => {
        clearTimeout(timer);
        timers.delete(timer);
        broadcast('interaction', { ...view, state: 'answered' });
        if (interaction.modal) broadcast('modal', { interactionId: id, userId: user.id, modal: interaction.modal });
      })
      .catch(() => undefined);
  }

  const allMessages = (): Message[] => {
    const users = new Map(
      guildsOf(discord).flatMap(({ members }) => [...members.values()].map(({ user }) => [user.id, user])),
    );
    const people = [...users.values()].filter(({ bot }) => !bot);
    const channels = [
      ...guildsOf(discord).flatMap((guild) => [...guild.channels.values()]),
      ...people.map((user) => discord.directMessageWith(user)),
    ];
    return channels.flatMap((channel) => discord.messages(channel));
  };

  const stopListening = discord.on((event) => {
    if (event.type === 'message') {
      const message = discord.message(event.messageId);
      if (!message || message.deleted) broadcast('gone', { id: event.messageId });
      else broadcast('message', messageView(message, discord));
    } else if (event.type === 'response' && /^\/applications\/\d+\/.*commands/.test(event.path)) {
      broadcastWorld();
    }
  });

  function openStream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const snapshot = {
      world: worldView(discord),
      messages: allMessages().map((message) => messageView(message, discord)),
      controls: controls.view(),
      log: requestLog.all(),
      now: Date.now(),
    };
    response.write(`retry: 1000\nevent: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
    streams.add(response);
    request.once('close', () => streams.delete(response));
  }

  function serveFile(path: string, response: ServerResponse): void {
    const file = discord.file(path.slice('/cdn/'.length));
    const type = file?.contentType ?? 'application/octet-stream';
    // What people upload is shown as a picture or saved, never run.
    const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' };
    response.writeHead(file ? 200 : 404, { ...headers, 'cache-control': 'max-age=3600' });
    response.end(file?.bytes);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { pathname } = url;
    const { method } = request;
    if (!isForThisServer(request)) {
      response.writeHead(421, { 'content-type': 'text/plain' });
      response.end('This server answers to its own name only\n');
    } else if (method === 'POST' && posts.has(pathname)) {
      await posts.handle(request, response, url);
    } else if (method === 'GET' && pathname === '/events') {
      openStream(request, response);
    } else if (method === 'GET' && pathname.startsWith('/cdn/')) {
      serveFile(pathname, response);
    } else {
      const file = method === 'GET' ? await readStatic(pathname) : undefined;
      response.writeHead(file ? 200 : 404, file?.headers ?? { 'content-type': 'text/plain' });
      response.end(file?.bytes ?? 'Not found\n');
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? error.message : 'failed');
    });
  });
  const keepOpen = setInterval(() => {
    for (const stream of streams) stream.write(': still here\n\n');
  }, KEEP_OPEN_EVERY).unref();
  const listeningOn = await listenFrom(server, port);

  return {
    url: `http://127.0.0.1:${listeningOn}`,
    follow: track,
    close() {
      clearInterval(keepOpen);
      for (const timer of timers) clearTimeout(timer);
      stopListening();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}
