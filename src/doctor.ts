/**
 * `npm run doctor`: checks everything that the bot needs, one line each with what to do; exit code 1 if one is wrong. With
 * `-- --model <id>` it shows what the bot makes of a model; with `-- --live --channel <id>` it has a picture made, to see whether
 * RunComfy and Discord answer as the bot takes for granted.
 */
import { parseArgs } from 'node:util';
import { ConfigError, environmentWarnings, loadConfig, modelIds, type Config } from './config.ts';
import { checkDiscord } from './doctor/discord.ts';
import { lineOf, note, ok, wrong, type Finding } from './doctor/finding.ts';
import { checkModel, checkModels } from './doctor/model.ts';
import { checkRunComfy } from './doctor/runcomfy.ts';
import { checkStore } from './doctor/store.ts';

function print(findings: Finding[]): void {
  for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
  if (findings.some(({ verdict }) => verdict === 'wrong')) process.exitCode = 1;
}

function readConfig(): Config | undefined {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...lines] = error.message.split('\n');
    print(lines.map((line) => wrong('environment', line.trim())));
    return undefined;
  }
}

/** What the command line asks for; `undefined` where it makes no sense. */
function readCommandLine(): { models: string[]; live?: { channelId: string; agreed: boolean } } | undefined {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    const { model = [], live = false, channel, yes = false } = values;
    const models = model.flatMap((ids) => modelIds.parse(ids));
    if (!live) return channel === undefined && !yes ? { models } : undefined;
    if (channel === undefined || !CHANNEL_ID.test(channel) || models.length > 1) return undefined;
    return { models, live: { channelId: channel, agreed: yes } };
  } catch {
    return undefined;
  }
}

const OPTIONS = {
  model: { type: 'string', multiple: true },
  live: { type: 'boolean' },
  channel: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

/** Discord's ids: milliseconds since 2015 above 22 further bits. */
const CHANNEL_ID = /^\d{15,20}$/;

async function examine(config: Config): Promise<void> {
  const warnings = environmentWarnings();
  print(warnings.map((warning) => note('environment', warning)));
  print([ok('environment', 'every setting can be read.')]);
  print(await checkStore(config));
  print(await checkDiscord(config));
  print(await checkRunComfy(config));
  print(await checkModels(config));
}

async function carryOut({ models, live }: NonNullable<ReturnType<typeof readCommandLine>>): Promise<void> {
  const config = readConfig();
  if (config === undefined) return;
  if (live !== undefined) {
    const [model = config.runcomfy.models[0] ?? ''] = models;
    const { runLiveCheck } = await import('./doctor/live/run.ts');
    process.exitCode = await runLiveCheck({ config, model, ...live });
  } else if (models.length === 0) await examine(config);
  else for (const id of models) print(await checkModel(config, id));
}

const USAGE = `npm run doctor, or npm run doctor -- --model bytedance/seedream-4-0/sequential, or npm run doctor -- --live --channel <id>
`;

const asked = readCommandLine();
if (asked === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 1;
} else await carryOut(asked);
