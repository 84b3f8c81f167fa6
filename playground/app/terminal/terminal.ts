/** A member's `/seedream` in the terminal: each state of the message as it changes, and where the pictures are. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { messageLines, type TextContext } from './message-text.ts';
import { requestPictures, type Outcome, type SeedreamOptions } from '../seedream-request.ts';
import type { Interaction, Member, Message } from '../../discord/stand-in.ts';
import type { Playground } from '../playground.ts';

/** Where the pictures are put. */
const FOLDER = new URL('../../pictures/', import.meta.url).pathname;

/** How long the messages are still followed after the gallery (milliseconds), so that their last change is printed too. */
const SETTLE_MS = 100;

/** The command as it would be typed. */
function typed(options: SeedreamOptions): string {
  const words = Object.entries(options).map(([name, value]) => (value === undefined ? '' : `${name}:${value}`));
  return ['/seedream', ...words.filter(Boolean)].join(' ');
}

/**
 * Runs one request and prints it.
 *
 * @param timeoutMs - how long the gallery is waited for
 */
export async function showRequest({
  playground: { discord, runcomfy, customers },
  member,
  options,
  print,
  sent = () => undefined,
  timeoutMs,
}: {
  playground: Playground;
  member: Member;
  options: SeedreamOptions;
  print: (line: string) => void;
  sent?: (interaction: Interaction) => void;
  timeoutMs: number;
}): Promise<Outcome> {
  const started = performance.now();
  const nameOf = (id: string) => nameIn(member, id) ?? id;
  const context = (): TextContext => ({ nameOf, now: Date.now() });
  const channel = discord.channels.pictures;
  const shown = new Map<string, string>();

  function show(message: Message): void {
    const lines = messageLines(message, context());
    const text = lines.join('\n');
    if (shown.get(message.id) === text) return;
    shown.set(message.id, text);
    const elapsed = `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(8);
    for (const [index, line] of lines.entries()) print(`${index === 0 ? elapsed : ' '.repeat(8)}  ${line}`);
    print('');
  }

  print(`${member.user.globalName ?? member.user.username} in #${channel.name ?? ''}: ${typed(options)}`);
  print('');
  const request = { discord, runcomfy, customers, member, channel, options, sent, changed: show, timeoutMs };
  const outcome = await requestPictures(request);
  await wait(SETTLE_MS);
  return outcome;
}

function nameIn({ guild }: Member, userId: string): string | undefined {
  const user = guild.members.get(userId)?.user;
  return user && (user.globalName ?? user.username);
}

/** Writes the pictures of a gallery to `playground/pictures/`; returns their paths relative to the working directory. */
export function savePictures(messages: readonly Message[]): string[] {
  mkdirSync(FOLDER, { recursive: true });
  return messages
    .flatMap(({ attachments }) => attachments)
    .map(({ filename, bytes }) => {
      const path = join(FOLDER, filename);
      writeFileSync(path, bytes);
      return relative(process.cwd(), path);
    });
}
