/** Discord's REST as the bot calls it, with every answer kept as it came. */
import { z } from 'zod';
import type { Config } from '../../../config.ts';
import { systemClock as clock } from '../../../services/clock.ts';
import { uploadBody, type UploadedFile } from '../../../services/discord/reply.ts';
import { createBotRest, createInteractionRest } from '../../../services/discord/rest.ts';
import { showAnswer } from '../shown.ts';

/** What a call came to. */
export interface DiscordAnswer {
  /** HTTP's; 0 where no answer came. */
  status: number;
  /** Discord's JSON error code; `undefined` where it says none. */
  code: number | undefined;
  /** `undefined` where it was no JSON. */
  body: unknown;
  /** The status with the error that it tells, for a report. Nothing that a message says stands in it. */
  shown: string;
}

interface DiscordCall {
  method: 'get' | 'post' | 'patch' | 'delete';
  route: `/${string}`;
  body?: object;
  files?: UploadedFile[];
  query?: URLSearchParams;
  /** Without the bot's token: the route holds one of its own, or needs none. */
  withoutToken?: boolean;
}

export type CallDiscord = (call: DiscordCall) => Promise<DiscordAnswer>;

const errorSchema = z.object({ code: z.number(), message: z.string().optional().catch(undefined) });

/** One process alone: nothing is to be shared with others. */
const ALONE = { count: () => 1, pause: () => undefined, onPause: () => undefined };

export function createDiscordCalls({ apiUrl, token }: Config['discord']): CallDiscord {
  const byBot = keepingAnswers(createBotRest({ api: apiUrl, retries: 0, token, processes: ALONE, clock }));
  const byNobody = keepingAnswers(createInteractionRest({ api: apiUrl, clock }));

  return async ({ method, route, body, files, query, withoutToken = false }) => {
    const { rest, take } = withoutToken ? byNobody : byBot;
    const sent = body === undefined ? {} : uploadBody(body, files);
    try {
      await rest[method](route, { auth: !withoutToken, ...sent, ...(query && { query }) });
    } catch (error) {
      const answer = take();
      return answer === undefined ? noAnswer(error) : answerOf(answer);
    }
    return answerOf(take() ?? { status: 0, text: '' });
  };
}

interface RawAnswer {
  status: number;
  text: string;
}

/** A REST whose last answer can be had as it came: discord.js gives what it makes of it. */
function keepingAnswers(rest: ReturnType<typeof createInteractionRest>) {
  let last: RawAnswer | undefined;
  const makeRequest = rest.options.makeRequest.bind(rest.options);
  rest.options.makeRequest = async (url, init) => {
    last = undefined;
    const answer = await makeRequest(url, init);
    last = { status: answer.status, text: await answer.text() };
    return answer;
  };
  const take = () => {
    const answer = last;
    last = undefined;
    return answer;
  };
  return { rest, take };
}

function answerOf({ status, text }: RawAnswer): DiscordAnswer {
  const body = parse(text);
  const error = errorSchema.safeParse(body).data;
  const isError = status >= 400 && error !== undefined;
  const shown = isError ? showAnswer(status, { code: error.code, message: error.message }) : `HTTP ${status}`;
  return { status, code: isError ? error.code : undefined, body, shown };
}

function noAnswer(error: unknown): DiscordAnswer {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  return { status: 0, code: undefined, body: undefined, shown: `no answer (${code})` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
