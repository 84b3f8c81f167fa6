/** The way from nothing to a bot that runs, question by question. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cancel, intro, log, outro } from '@clack/prompts';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigError, environmentWith, loadConfig, token, type Config } from '../config.ts';
import { readApplication, type Application } from '../doctor/application.ts';
import { note } from '../doctor/finding.ts';
import { inviteAddress } from '../doctor/permissions.ts';
import { checkRunComfy } from '../doctor/runcomfy.ts';
import { askChoice, askToken, askYes, Cancelled } from './ask.ts';
import { askLimits } from './ask-limits.ts';
import { writeSettings } from './env-file.ts';
import { readDearestPrice } from './price.ts';

/** Beside package.json, where npm runs its scripts. */
const FILE = '.env';

/** In a token's place until it is given. */
const NOT_YET = 'not-given-yet';

/** @returns the exit code. */
export async function setUp(): Promise<number> {
  intro('seedream-bot: from two tokens to a bot that runs');
  let written = false;
  try {
    const config = loadConfig(environmentWith({ DISCORD_TOKEN: NOT_YET, RUNCOMFY_TOKEN: NOT_YET }));
    if (existsSync(FILE) && !(await askWhetherToChange())) return 0;
    const values = await askForSettings(config);
    writeSettings(FILE, values);
    written = true;
    log.success(`${FILE} is written, for your eyes alone.`);
    return await examineAndStart(environmentWith(Object.fromEntries(values)));
  } catch (error) {
    if (error instanceof ConfigError) log.error(error.message);
    else if (!(error instanceof Cancelled)) throw error;
    cancel(written ? `${FILE} is written; npm start starts the bot.` : 'Nothing was written.');
    return 1;
  }
}

async function askWhetherToChange(): Promise<boolean> {
  const choice = await askChoice(`There is a ${FILE} already.`, {
    leave: 'Leave it as it is, and end',
    change: 'Change what is asked here; its other lines stay',
  });
  if (choice === 'leave') outro(`${FILE} is as it was. npm run doctor checks it.`);
  return choice === 'change';
}

async function askForSettings(config: Config): Promise<Map<string, string>> {
  const environment = environmentWith({});
  const present = (name: string): string | undefined => token.safeParse(environment[name]?.trim()).data;

  log.step(
    'Discord: https://discord.com/developers/applications > New Application, then Bot > Reset Token. No intents are needed.',
  );
  const discord = await askToken("The bot's token", present('DISCORD_TOKEN'), (typed) =>
    readApplication({ ...config.discord, token: typed }),
  );
  if (discord.application !== undefined) tellOfInvitation(discord.application);

  log.step(
    'RunComfy: https://www.runcomfy.com > Profile. Put some balance on the account: every picture is paid from it.',
  );
  const key = await askToken("RunComfy's API key", present('RUNCOMFY_TOKEN'), async (typed) => {
    const [finding] = await checkRunComfy({ ...config, runcomfy: { ...config.runcomfy, token: typed } });
    return { finding: finding ?? note('RunComfy', 'was not asked.') };
  });

  const runcomfy = { ...config.runcomfy, token: key.token };
  const limits = await askLimits(config.limits, await readDearestPrice({ ...config, runcomfy }));
  return new Map([['DISCORD_TOKEN', discord.token], ['RUNCOMFY_TOKEN', key.token], ...limits]);
}

function tellOfInvitation({ id, bot_public: isPublic }: Application): void {
  log.info(['Invite the bot to your server by this address:', inviteAddress(id)].join('\n'));
  if (isPublic === false) return;
  log.warn(
    [
      '"Public Bot" is on: whoever has that address can add the bot to a server of theirs, and you pay for its pictures.',
      'To be asked by nobody else: Installation > Install Link > None, then Bot > Public Bot off.',
    ].join('\n'),
  );
}

/** Runs the doctor, and where it finds nothing wrong, offers the start. */
async function examineAndStart(environment: NodeJS.ProcessEnv): Promise<number> {
  log.step('npm run doctor');
  if ((await runScript('doctor', environment)) !== 0) {
    outro('Mend what is wrong; then npm run doctor, and npm start.');
    return 1;
  }
  if (!(await askYes('Start the bot now? Ctrl-C stops it.'))) {
    outro('npm start starts it.');
    return 0;
  }
  outro('npm start');
  return runScript('start', environment);
}

/** Runs a script of package.json on the Node that runs this, and gives its exit code. */
async function runScript(name: 'doctor' | 'start', env: NodeJS.ProcessEnv): Promise<number> {
  const [, ...args] = packageJson.scripts[name].split(' ');
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
  // A Ctrl-C reaches both: this waits until the bot has stopped.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', wait);
  return code ?? 1;
}
