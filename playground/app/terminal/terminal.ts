/** A member's `/seedream` in the terminal: each state of the message as it changes, and where the pictures are. */
import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { widthOf, wrapText } from './columns.ts';
import { messageLines, type TextContext } from './message-text.ts';
import { requestPictures, type Outcome, type SeedreamOptions } from '../seedream-request.ts';
import type { Interaction, Member, Message } from '../../discord/stand-in.ts';
import type { Playground } from '../playground.ts';

/** Where the pictures are put. */
const FOLDER = new URL('../../pictures/', import.meta.url).pathname;

/** What stands before a line of a message: when it was shown, or as many spaces (columns). */
const MARGIN = 10;

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
 * @param columns - what a line may take now
 * @param timeoutMs - how long the gallery is waited for
 */
export async function showRequest({
  playground: { discord, runcomfy, customers },
  member,
  options,
  columns,
  print,
  sent = () => undefined,
  timeoutMs,
}: {
  playground: Playground;
  member: Member;
  options: SeedreamOptions;
  columns: () => number;
  print: (line: string) => void;
  sent?: (interaction: Interaction) => void;
  timeoutMs: number;
}): Promise<Outcome> {
  const started = performance.now();
  const nameOf = (id: string) => nameIn(member, id) ?? id;
  const context = (): TextContext => ({
    nameOf,
    now: Date.now(),
    columns: Math.max(1, columns() - MARGIN),
  });
  const channel = discord.channels.pictures;
  const shown = new Map<string, string>();

  function show(message: Message): void {
    const lines = messageLines(message, context());
    const text = lines.join('\n');
    if (shown.get(message.id) === text) return;
    shown.set(message.id, text);
    const elapsed = `${((performance.now() - started) / 1000).toFixed(1)} s  `.padStart(MARGIN);
    for (const [index, line] of lines.entries()) print(`${index === 0 ? elapsed : ' '.repeat(MARGIN)}${line}`);
    print('');
  }

  const said = `${member.user.globalName ?? member.user.username} in #${channel.name ?? ''}: ${typed(options)}`;
  for (const line of wrapText(said, columns())) print(line);
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

/**
 * Makes sure that pictures can be put there later; makes nothing.
 *
 * @throws Error that says why not
 */
export function checkFolder(folder = FOLDER): void {
  const there = existsSync(folder) ? folder : dirname(folder);
  try {
    if (!statSync(there).isDirectory()) throw new Error('it is no folder');
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The pictures cannot be put into ${relative(process.cwd(), folder)}: ${why}.`, { cause: error });
  }
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

/** Says where pictures are. A path that does not fit a line is not broken: its folder is named once, above the files. */
export function pictureLines(paths: readonly string[], columns: number): string[] {
  const said = paths.length === 1 ? 'The picture' : `The ${paths.length} pictures`;
  if (paths.every((path) => widthOf(`  ${path}`) <= columns)) return [`${said}:`, ...paths.map((path) => `  ${path}`)];
  const [folder = ''] = paths.map((path) => dirname(path));
  return [...wrapText(`${said}, in ${folder}:`, columns), ...paths.map((path) => `  ${basename(path)}`)];
}
