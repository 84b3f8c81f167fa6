/** One call with a token, for the doctor: an answer of any kind, or why there was none. */

/** How long an answer may take (milliseconds). */
const ANSWER_WITHIN = 10_000;

export interface Answer {
  status: number;
  /** `undefined` when it was no JSON. */
  body: unknown;
  /** What the server's clock said, and when the call was half way by ours (milliseconds since the epoch). */
  date: number | undefined;
  at: number;
}

/** Gives the answer, or a word for why none came. Redirects are not followed: the token goes to this address alone. */
export async function ask(url: string, authorization: string): Promise<Answer | string> {
  const begun = Date.now();
  try {
    const response = await fetch(url, {
      headers: { authorization, accept: 'application/json', 'user-agent': 'DiscordBot (seedream-bot, doctor)' },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const at = (begun + Date.now()) / 2;
    const text = await response.text();
    const date = Date.parse(response.headers.get('date') ?? '');
    return { status: response.status, body: parse(text), date: Number.isNaN(date) ? undefined : date, at };
  } catch (error) {
    return whyNone(error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An error's code, such as `ECONNREFUSED`, else its name: never a text that could repeat what was sent. */
function whyNone(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string') {
    return cause.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
