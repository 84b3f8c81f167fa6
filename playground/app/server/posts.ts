/** What the page sends: actions of people, controls, and files. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { readBody } from './loopback.ts';
import { createUploads } from './uploads.ts';
import { createUserActions } from './user-actions.ts';
import type { Controls } from './controls.ts';
import type { Interaction } from '../../discord/stand-in.ts';
import type { Playground } from '../playground.ts';

/** The largest body of an action or a control (bytes). */
const BODY_MAX_BYTES = 64 * 1024;

/**
 * Builds what answers a POST, by its path.
 *
 * @param sent - told of every interaction the page has sent
 * @param changed - told when people have changed
 */
export function createPosts({
  playground: { discord },
  controls,
  requestLog,
  sent,
  changed,
}: {
  playground: Playground;
  controls: Controls;
  requestLog: { readonly controlUsed: (said: string) => void };
  sent: (interaction: Interaction) => void;
  changed: () => void;
}) {
  const uploads = createUploads();
  const userActions = createUserActions({ discord, uploads, sent, changed });

  const handlers: Readonly<Record<string, (request: IncomingMessage, query: URLSearchParams) => Promise<unknown>>> = {
    async '/action'(request) {
      return userActions.perform(await readJson(request));
    },
    async '/control'(request) {
      const said = await controls.set(await readJson(request));
      requestLog.controlUsed(said);
      return { said };
    },
    async '/upload'(request, query) {
      const bytes = await readBody(request, discord.attachmentSizeLimit);
      return { upload: uploads.add({ name: query.get('name') ?? 'unknown', bytes }) };
    },
  };

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, searchParams }: URL,
  ): Promise<void> {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    // A body of these types can't come from another site's page without the browser asking first.
    const wanted = pathname === '/upload' ? 'application/octet-stream' : 'application/json';
    if (request.headers['content-type'] !== wanted) {
      reply(415, { error: `The body must be ${wanted}.` });
      return;
    }
    try {
      reply(200, await handlers[pathname]?.(request, searchParams));
    } catch (error) {
      // Not an HTTP error: the browser would call it one in its console, and a refusal is none.
      reply(200, { error: refusalOf(error) });
    }
  }

  return { has: (pathname: string): boolean => pathname in handlers, handle };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  return JSON.parse((await readBody(request, BODY_MAX_BYTES)).toString('utf8'));
}

/** What a person reads of an action that was refused. */
function refusalOf(error: unknown): string {
  if (error instanceof ZodError) return 'The page asked for something that does not exist.';
  return error instanceof Error ? error.message : String(error);
}
