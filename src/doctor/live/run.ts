/** `npm run doctor -- --live`: asks first, as it costs something; then checks, and prints the report. */
import packageJson from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.ts';
import { systemClock as clock } from '../../services/clock.ts';
import { createHiding } from '../../services/secrets.ts';
import { pricePerImage, writtenModels } from '../../services/models/models.ts';
import { checkLive } from './live-check.ts';
import { isClean, writeReport } from './report.ts';

/** US dollars, where nobody says what a model costs: Seedream 4.0's, as `.env.example` has it. */
const UNKNOWN_PRICE = 0.03;

const NOBODY_TO_ASK =
  'This has a picture made, which is paid from RunComfy’s balance, and there is no terminal to ask on: add --yes to have it done.';

interface LiveOptions {
  config: Config;
  model: string;
  channelId: string;
  /** Whether whoever started this has agreed to the cost. */
  agreed: boolean;
}

/** @returns the exit code: 0 where everything is as assumed, or handled. */
export async function runLiveCheck({ config, model, channelId, agreed }: LiveOptions): Promise<number> {
  if (!agreed) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      process.stderr.write(`${NOBODY_TO_ASK}\n`);
      return 1;
    }
    if (!(await askWhetherToPay({ config, model, channelId }))) {
      process.stderr.write('Nothing was asked for.\n');
      return 1;
    }
  }
  const ending = new AbortController();
  const end = () => {
    process.stderr.write('Ending; once more to leave at once.\n');
    ending.abort();
    // A second one does what it always does.
    for (const name of SIGNALS) process.off(name, end);
  };
  for (const name of SIGNALS) process.on(name, end);
  const tell = (line: string) => process.stderr.write(`${line} …\n`);
  const check = await checkLive({ config, model, channelId, signal: ending.signal, tell });
  for (const name of SIGNALS) process.off(name, end);
  const report = writeReport(check, {
    version: packageJson.version,
    platform: `Node ${process.version}, ${process.platform} ${process.arch}`,
    addresses: [config.discord.apiUrl, config.runcomfy.base],
    at: new Date(clock.now()),
  });
  const hide = createHiding([config.discord.token, config.runcomfy.token], '[hidden]');
  process.stdout.write(`${hide(report)}\n`);
  return isClean(check) ? 0 : 1;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

async function askWhetherToPay({ config, model, channelId }: Omit<LiveOptions, 'agreed'>): Promise<boolean> {
  const profile = writtenModels.find(model);
  const price = config.pricePerImageUsd ?? (profile && pricePerImage(profile, undefined)) ?? UNKNOWN_PRICE;
  const question =
    `This has one picture made by ${profile?.name ?? model}, for about ${price} USD from RunComfy's balance, and posts a few messages ` +
    `in channel ${channelId}, which it removes. Go on?`;
  const { confirm } = await import('@clack/prompts');
  return (await confirm({ message: question, initialValue: false, output: process.stderr })) === true;
}
