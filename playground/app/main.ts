/** The playground's process: one request in the terminal, or the page until it is told to end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogue } from '../runcomfy/models/catalogue.ts';
import { readOptions, type PlaygroundOptions } from './command-line.ts';
import { helpLines } from './help.ts';
import { createPageServer } from './server/server.ts';
import { createPlayground, MODELS, type Playground } from './playground.ts';
import { choose } from './request-options.ts';
import { wrapText } from './terminal/columns.ts';
import { checkFolder, pictureLines, savePictures, showRequest } from './terminal/terminal.ts';
import type { Interaction, Member, Message } from '../discord/stand-in.ts';

/** How long a gallery may take at the real model's own pace (milliseconds); divided by the speed, and never under a minute. */
const PATIENCE_MS = 20 * 60_000;

/** What a line may take where there is no terminal, or one that does not tell. */
const COLUMNS = 80;

const columnsOf = ({ columns }: { columns?: number }): number => columns || COLUMNS;
const columns = (): number => columnsOf(process.stdout);

const print = (line: string): void => {
  console.log(line);
};

/** Prints what may be longer than a line. */
function printText(text: string): void {
  wrapText(text, columns()).forEach(print);
}

function printProblem(problem: unknown): void {
  const text = problem instanceof Error ? problem.message : String(problem);
  console.error(wrapText(text, columnsOf(process.stderr)).join('\n'));
}

/** The models that the bot is to ask, in order. */
function modelsSet(): string[] {
  const ids = (process.env['RUNCOMFY_MODELS'] ?? '').split(',').map((id) => id.trim());
  return ids.some(Boolean) ? ids.filter(Boolean) : MODELS.split(',');
}

/** What is asked for. Everything that can be wrong with it is found here, before anything starts. */
function readOrExit(): PlaygroundOptions {
  try {
    const models = modelsSet();
    const options = readOptions(process.argv.slice(2), models);
    if (options.help) return options;
    if (isForOne(options)) {
      // In the page a model can be added to the catalogue later on; here there is no later.
      const offered = createCatalogue().models;
      const unknown = models.find((id) => !offered.includes(id));
      if (unknown !== undefined) throw choose('RUNCOMFY_MODELS', unknown, offered);
      checkFolder();
    } else {
      portWanted();
    }
    return options;
  } catch (error) {
    printProblem(error);
    printProblem('See: npm run playground -- --help');
    process.exit(1);
  }
}

/** Whether one request is made, and no page. Without a terminal there is nobody to open a page. */
function isForOne({ once: isAsked, serve: isPage }: PlaygroundOptions): boolean {
  return isAsked || (!isPage && !process.stdout.isTTY);
}

/** The port of the page. */
const PORT = 8080;

function portWanted(): number {
  const given = process.env['PLAYGROUND_PORT'];
  const port = given === undefined || given === '' ? PORT : Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PLAYGROUND_PORT cannot be "${given ?? ''}"; it takes a whole number from 0 to 65535.`);
  return port;
}

/**
 * What is to end before this process does, and with which code; `undefined` for what a shell knows a signal by. A playground that
 * still starts ends with this process.
 */
let ending: { close: () => Promise<void>; code: number | undefined } = {
  close: () => Promise.resolve(),
  code: undefined,
};
let isEnding = false;
// A closed terminal hangs up. Who asks again does not want to wait; npm asks twice for one Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const { close, code = 128 + constants.signals[signal] } = ending;
    if (isEnding) process.exit(code);
    isEnding = true;
    void close().finally(() => process.exit(code));
  });
}

// Who reads no more (`| head`) has seen enough.
process.stdout.on('error', () => process.exit(1));

/** Puts all that this process and what it starts leave in the temporary folder, fonts that are unpacked too, into one that goes with it. */
function ownTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-playground-'));
  process.env['TMPDIR'] = folder;
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
}

function startPlayground({ speed }: PlaygroundOptions): Promise<Playground> {
  ownTemporaryFolder();
  printText('Starting a stand-in for Discord, one for RunComfy, and the bot between them ...');
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
    columns,
    print,
    timeoutMs,
    ...(sent && { sent }),
  });
  if (delivered) return messages;
  printProblem('That ended without pictures: see above for what the bot said.');
  return false;
}

/** One request, its pictures saved. Gives the exit code. */
async function once(options: PlaygroundOptions): Promise<number> {
  const playground = await startPlayground(options);
  ending = { close: () => playground.close(), code: undefined };
  try {
    const messages = await request(playground, playground.discord.members.ana, options);
    if (!messages) return 1;
    const paths = savePictures(messages);
    pictureLines(paths, columns()).forEach(print);
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
  printText(`The page is at ${page.url}; a first gallery is on its way there:\n`);
  // Whatever becomes of it, the page is there.
  await request(playground, playground.discord.members.ben, options, (interaction) => {
    page.follow(interaction);
  }).catch((error: unknown) => {
    printProblem(error);
  });
  print(`Open the playground: ${page.url}    (Ctrl-C ends it)`);
}

/** Runs what the options ask for. */
async function run(options: PlaygroundOptions): Promise<number> {
  if (options.help) {
    helpLines(columns()).forEach(print);
    return 0;
  }
  if (!isForOne(options)) {
    await serve(options);
    return 0;
  }
  const code = await once(options);
  if (options.once) return code;
  printText('\nThis is no terminal, so the playground ends here. For the page: npm run playground -- --serve');
  return code;
}

run(readOrExit()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    printProblem(error);
    process.exitCode = 1;
  },
);
