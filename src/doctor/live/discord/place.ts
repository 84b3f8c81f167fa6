/** The channel of a live check: every message that is posted there is taken away again, whatever happens in between. */
import type { IsDiscords } from '../../../services/references/references.ts';
import type { CallDiscord, DiscordAnswer } from './calls.ts';
import { readMessage, type ReadMessage } from './message.ts';

/** Pages of 100 messages (Discord's most) in which the check's own are looked for: what others wrote meanwhile is among them. */
const PAGES = 10;
const PER_PAGE = 100;

export interface Place {
  channelId: string;
  /** The bot's own user. */
  botUserId: string;
  applicationId: string;
  /** Digits like an interaction's id of ten minutes ago, which stand in every message of this check. */
  mark: string;
  call: CallDiscord;
  /** Whether an address of a file is one that the bot takes for Discord's. */
  isDiscords: IsDiscords;
  /** Makes a message that is taken away at the end. */
  post(body: object, files?: Parameters<CallDiscord>[0]['files']): Promise<DiscordAnswer>;
  /** The address of a message of the channel. */
  messageRoute(messageId: string): `/${string}`;
  /** The messages of this check in the channel, as the bot looks for its own, and the last answer. */
  findOwn(): Promise<{ own: ReadMessage[]; answer: DiscordAnswer }>;
  /** Takes away what is there of this check. @returns the ids of messages that are still there. */
  clear(): Promise<string[]>;
}

export function createPlace({
  call,
  ...place
}: Pick<Place, 'channelId' | 'botUserId' | 'applicationId' | 'mark' | 'call' | 'isDiscords'>): Place {
  const { channelId, botUserId, mark } = place;
  const route = `/channels/${channelId}/messages` as const;
  const messageRoute = (messageId: string) => `${route}/${messageId}` as const;
  const posted = new Set<string>();

  async function findOwn(): Promise<{ own: ReadMessage[]; answer: DiscordAnswer }> {
    const own: ReadMessage[] = [];
    let after = mark;
    for (let page = 1; ; page += 1) {
      const query = new URLSearchParams({ after, limit: String(PER_PAGE) });
      const answer = await call({ method: 'get', route, query });
      const messages: unknown[] = Array.isArray(answer.body) ? answer.body : [];
      const read = messages.map((message) => ({ message: readMessage(message), text: JSON.stringify(message) }));
      for (const { message, text } of read) {
        if (message?.authorId === botUserId && text.includes(mark)) own.push(message);
      }
      if (messages.length < PER_PAGE || page === PAGES) return { own, answer };
      after = read
        .map(({ message }) => BigInt(message?.id ?? 0))
        .reduce(later, BigInt(after))
        .toString();
    }
  }

  async function remove(messageId: string): Promise<boolean> {
    const { status, code } = await call({ method: 'delete', route: messageRoute(messageId) });
    // Unknown channel, unknown message: it is not there.
    return (status >= 200 && status <= 299) || code === 10003 || code === 10008;
  }

  return {
    ...place,
    call,
    messageRoute,
    findOwn,
    async post(body, files) {
      const answer = await call({ method: 'post', route, body, ...(files && { files }) });
      const isMade = answer.status >= 200 && answer.status <= 299;
      const id = isMade ? readMessage(answer.body)?.id : undefined;
      if (id !== undefined) posted.add(id);
      return answer;
    },
    async clear() {
      // Also those whose making was not answered, or not so that the bot could read it.
      const { own } = await findOwn();
      for (const { id } of own) posted.add(id);
      const left: string[] = [];
      for (const messageId of posted) {
        if (!(await remove(messageId)) && !(await remove(messageId))) left.push(messageId);
      }
      return left;
    },
  };
}

function later(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
