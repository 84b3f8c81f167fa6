/** The request log: what passes between bot, Discord and RunComfy, each as a readable entry; no tokens in them. */
import { z } from 'zod';
import { describeAnswer, DISCORD_CALLS, describeInteraction, requestIdOf } from './request-log-text.ts';
import type { StandInEvent as DiscordEvent, DiscordStandIn } from '../../discord/stand-in.ts';
import type { StandInEvent as RunComfyEvent } from '../../runcomfy/stand-in.ts';
import type { Playground } from '../playground.ts';

type Party = 'person' | 'bot' | 'discord' | 'runcomfy';

export interface LogEntry {
  id: number;
  /** Milliseconds since the epoch. */
  at: number;
  from: Party;
  to: Party;
  /** What happened, in words. */
  what: string;
  /** The request itself: `PATCH /webhooks/…/messages/@original`. */
  detail: string;
  /** HTTP's, `0` for an answer that never came, `null` where there is none. */
  status: number | null;
  /** The job it is about: its id, which is that of its interaction. */
  job: string | null;
}

/** Entries that are kept. */
const KEPT = 1000;

/** The id of a job in what names one: a component's custom id. */
const jobIn = (customId: unknown): string | null =>
  typeof customId === 'string' ? (/:(\d{17,20})/.exec(customId)?.[1] ?? null) : null;

/** A line of the bot's own log that says which request belongs to which job. */
const botLine = z.object({ job: z.string(), request: z.string() });

/**
 * Listens to both stand-ins.
 *
 * @param added - told of every entry as it comes, and again when it became known which job it is about
 */
export function createRequestLog({ playground, added }: { playground: Playground; added: (entry: LogEntry) => void }) {
  const { discord, runcomfy, customers, bot } = playground;
  const entries: LogEntry[] = [];
  /** Jobs by RunComfy's request id, and the request id of each entry about RunComfy. */
  const jobOf = new Map<string, string>();
  const requestOf = new Map<number, string>();
  /** The job of each interaction. */
  const interactionJobs = new Map<string, string>();
  /** The newest message of each channel: the one that an answer to a post speaks of. */
  const newest = new Map<string, string>();
  let count = 0;

  function add(event: Omit<LogEntry, 'id' | 'at'> & { at?: number }): LogEntry {
    const entry = { at: Date.now(), ...event, id: (count += 1) };
    entries.push(entry);
    if (entries.length > KEPT) entries.shift();
    added(entry);
    return entry;
  }

  bot.onLine((line) => {
    const { data } = botLine.safeParse(parsed(line));
    if (!data || jobOf.get(data.request) === data.job) return;
    jobOf.set(data.request, data.job);
    for (const entry of entries) {
      if (requestOf.get(entry.id) !== data.request || entry.job === data.job) continue;
      entry.job = data.job;
      added(entry);
    }
  });
  bot.on(({ running, code }) => {
    const what = running ? 'its process starts' : code === 0 ? 'its process has ended' : 'its process is gone';
    add({ from: 'bot', to: 'bot', what, detail: 'node src/index.ts', status: null, job: null });
  });

  /** The job that a call of Discord's API is about, by the interaction or the message in its path. */
  function jobOfPath(path: string): string | null {
    const interaction = /~(\d+)/.exec(path)?.[1] ?? /^\/interactions\/(\d+)/.exec(path)?.[1];
    if (interaction !== undefined) return interactionJobs.get(interaction) ?? null;
    const [, channelId, named] = /^\/channels\/(\d+)\/messages(?:\/(\d+))?/.exec(path) ?? [];
    const messageId = named ?? newest.get(channelId ?? '');
    return messageId === undefined ? null : jobOfMessage(discord, messageId);
  }

  function logDiscord(event: DiscordEvent): void {
    switch (event.type) {
      case 'response': {
        const { method, path, status, code, at } = event;
        const known = DISCORD_CALLS.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2];
        const what = `${known ?? 'calls'}${code ? ` · error ${code}` : ''}`;
        const detail = `${method} ${path.replace(/~(\d+)/, '‹token›')}`;
        add({ at, from: 'bot', to: 'discord', what, detail, status, job: jobOfPath(path) });
        return;
      }
      case 'gateway': {
        const says = {
          open: 'connects to the gateway',
          close: `gateway connection closed${event.code === null ? '' : ` (${event.code})`}`,
          identify: 'identifies itself',
          resume: 'resumes its session',
          invalid: 'session invalid',
        };
        add({
          at: event.at,
          from: 'bot',
          to: 'discord',
          what: says[event.change],
          detail: 'gateway',
          status: null,
          job: null,
        });
        return;
      }
      case 'rateLimit': {
        const what = `rate limit: wait ${Math.ceil(event.retryAfterMs / 1000)} s`;
        add({ at: event.at, from: 'discord', to: 'bot', what, detail: event.bucket, status: 429, job: null });
        return;
      }
      case 'message':
        if (event.change === 'create') newest.set(event.channelId, event.messageId);
        return;
      case 'request':
      case 'interaction':
        return;
    }
  }

  function logRunComfy(event: RunComfyEvent): void {
    if (event.type === 'asset') {
      const { at, requestId, number, status = 0, bytes, fault } = event;
      if (requestId !== undefined && customers.owns(requestId)) return;
      const size = bytes > 0 ? ` · ${Math.round(bytes / 1024)} kB` : '';
      const what = `fetches picture ${number ?? '?'}${size}${fault === undefined ? '' : ` · ${fault}`}`;
      addRunComfy({ at, what, detail: `GET ${event.path}`, status, requestId });
    } else if (event.type === 'response' && event.call !== undefined) {
      const { at, call, method, path, requestId, status = 0, body, fault } = event;
      if (requestId !== undefined && customers.owns(requestId)) return;
      const what = `${call}${describeAnswer(body)}${fault === undefined ? '' : ` · ${fault}`}`;
      addRunComfy({
        at,
        what,
        detail: `${method} ${path}`,
        status,
        requestId: requestId ?? requestIdOf(body),
      });
    } else if (event.type === 'references') logReferences(event);
  }

  /** RunComfy has fetched what a job starts from. */
  function logReferences({ at, requestId, count, problem }: Extract<RunComfyEvent, { type: 'references' }>): void {
    const what = `fetches ${count} picture${count === 1 ? '' : 's'} to start from${problem === undefined ? '' : ` · ${problem}`}`;
    const job = requestId === undefined ? null : (jobOf.get(requestId) ?? null);
    const { id } = add({ at, from: 'runcomfy', to: 'discord', what, detail: 'GET', status: null, job });
    if (requestId !== undefined) requestOf.set(id, requestId);
  }

  function addRunComfy({
    requestId,
    ...call
  }: Pick<LogEntry, 'at' | 'what' | 'detail' | 'status'> & { requestId: string | undefined }): void {
    const job = requestId === undefined ? null : (jobOf.get(requestId) ?? null);
    const { id } = add({ ...call, from: 'bot', to: 'runcomfy', job });
    if (requestId !== undefined) requestOf.set(id, requestId);
  }

  discord.on(logDiscord);
  runcomfy.on(logRunComfy);

  return {
    all: (): readonly LogEntry[] => entries,
    /** A person has sent an interaction. */
    interactionSent(
      { id, type, payload }: { id: string; type: number; payload: Readonly<Record<string, unknown>> },
      name: string,
    ): void {
      const data = payload['data'] as { name?: string; custom_id?: string } | undefined;
      const job = jobIn(data?.custom_id) ?? id;
      interactionJobs.set(id, job);
      const what = `${name} ${describeInteraction(type, data)}`;
      add({ from: 'discord', to: 'bot', what, detail: 'INTERACTION_CREATE', status: null, job });
    },
    /** Something was done at the control panel. */
    controlUsed(what: string): void {
      add({ from: 'person', to: 'person', what, detail: '', status: null, job: null });
    },
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The job whose message this is: its interaction's id, or what its buttons and files say. */
function jobOfMessage(discord: DiscordStandIn, messageId: string): string | null {
  const message = discord.message(messageId);
  if (!message) return null;
  const file = message.attachments.map(({ filename }) => /-(\d{17,20})-/.exec(filename)?.[1]).find(Boolean);
  return file ?? message.interaction?.id ?? null;
}
