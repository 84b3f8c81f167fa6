/** The playground: both stand-ins, the real bot, and somebody to use it: in the terminal, or in a page. */
import { HELP, readOptions, type PlaygroundOptions } from './options.ts';
import { createStage } from './stage.ts';
import { savePictures, showRequest } from './terminal.ts';

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

/** One request in the terminal. Gives the exit code. */
async function once({ speed, request }: PlaygroundOptions): Promise<number> {
  print('Starting a stand-in for Discord, one for RunComfy, and the bot between them ...');
  const stage = await createStage({ ...(speed !== undefined && { speed }) });
  process.once('SIGINT', () => void stage.close().then(() => process.exit(130)));
  process.once('SIGTERM', () => void stage.close().then(() => process.exit(143)));
  try {
    const timeoutMs = Math.max(60_000, PATIENCE_MS / stage.runcomfy.conditions.speed);
    const { ana } = stage.discord.members;
    const { delivered, messages } = await showRequest({ stage, member: ana, options: request, print, timeoutMs });
    if (!delivered) {
      console.error('That ended without pictures: see above for what the bot said.');
      return 1;
    }
    const paths = savePictures(messages);
    print(`${paths.length} pictures, saved:`);
    for (const path of paths) print(`  ${path}`);
    return 0;
  } finally {
    await stage.close();
  }
}

const options = readOrExit();
if (options.help) {
  print(HELP);
} else {
  try {
    process.exitCode = await once(options);
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
}
