/** The playground's process: one request in the terminal, or the page until it is told to end. */
import { HELP, readOptions, type PlaygroundOptions } from './command-line.ts';
import { createPageServer } from './server/server.ts';
import { createPlayground, type Playground } from './playground.ts';
import { savePictures, showRequest } from './terminal/terminal.ts';
import type { Interaction, Member, Message } from '../discord/stand-in.ts';

/** How long a gallery may take at the real model's own pace (milliseconds); divided by the speed, and never under a minute. */
const PATIENCE_MS = 20 * 60_000;

const print = (line: string): void => {
  console.log(line);
};

function readOrExit(): PlaygroundOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${messageOf(error)}\nSee: npm run playground -- --help`);
    process.exit(2);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The port of the page. */
const PORT = 8080;

function portWanted(): number {
  const given = process.env['PLAYGROUND_PORT'];
  const port = given === undefined || given === '' ? PORT : Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PLAYGROUND_PORT ${given ?? ''}: no port`);
  return port;
}

/** What is to end before this process does, and with which code; a playground that still starts takes the bot with it. */
let ending = { close: (): Promise<void> => Promise.resolve(), code: 130 };
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    const { close, code } = ending;
    void close().finally(() => process.exit(code));
  });
}

function startPlayground({ speed }: PlaygroundOptions): Promise<Playground> {
  print('Starting a stand-in for Discord, one for RunComfy, and the bot between them ...');
  return createPlayground(speed === undefined ? {} : { speed });
}

/** A member's request in the terminal; `false` when it ended without pictures. */
async function request(
  playground: Playground,
  member: Member,
  { request: options }: PlaygroundOptions,
  sent?: (interaction: Interaction) => void,
): Promise<Message[] | false> {
  const timeoutMs = Math.max(60_000, PATIENCE_MS / playground.runcomfy.behaviour.speed);
  const { delivered, messages } = await showRequest({
    playground,
    member,
    options,
    print,
    timeoutMs,
    ...(sent && { sent }),
  });
  if (delivered) return messages;
  console.error('That ended without pictures: see above for what the bot said.');
  return false;
}

/** One request, its pictures saved. Gives the exit code. */
async function once(options: PlaygroundOptions): Promise<number> {
  const playground = await startPlayground(options);
  ending = { close: () => playground.close(), code: 130 };
  try {
    const messages = await request(playground, playground.discord.members.ana, options);
    if (!messages) return 1;
    const paths = savePictures(messages);
    print(paths.length === 1 ? 'The picture:' : `The ${paths.length} pictures:`);
    for (const path of paths) print(`  ${path}`);
    return 0;
  } finally {
    await playground.close();
  }
}

/** The page, with a first gallery in its channel, until it is told to end. */
async function serve(options: PlaygroundOptions): Promise<void> {
  const playground = await startPlayground(options);
  const page = await createPageServer({ playground, port: portWanted() }).catch(async (error: unknown) => {
    await playground.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    print('\nEnding ...');
    await page.close();
    await playground.close();
  };
  ending = { close, code: 0 };
  print(`The page is at ${page.url}; a first gallery is on its way there:\n`);
  // Whatever becomes of it, the page is there.
  await request(playground, playground.discord.members.ben, options, (interaction) => {
    page.follow(interaction);
  }).catch((error: unknown) => {
    console.error(messageOf(error));
  });
  print(`Open the playground: ${page.url}    (Ctrl-C ends it)`);
}

/** Runs what the options ask for. Without a terminal there is nobody to open a page, so one request is made. */
async function run(options: PlaygroundOptions): Promise<number> {
  if (options.help) {
    print(HELP);
    return 0;
  }
  if (options.once) return once(options);
  if (options.serve || process.stdout.isTTY) {
    await serve(options);
    return 0;
  }
  const code = await once(options);
  print('\nThis is no terminal, so the playground ends here. For the page: npm run playground -- --serve');
  return code;
}

run(readOrExit()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  },
);
