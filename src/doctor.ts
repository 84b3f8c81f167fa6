/**
 * `npm run doctor`: checks everything that the bot needs, one line each with what to do; exit code 1 if one is wrong. With
 * `-- --model <id>` it shows what the bot makes of a model.
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

/** The models that the command line asks about; `undefined` where it makes no sense. */
function readModels(): string[] | undefined {
  try {
    const { model = [] } = parseArgs({ options: { model: { type: 'string', multiple: true } } }).values;
    return model.flatMap((ids) => modelIds.parse(ids));
  } catch {
    return undefined;
  }
}

async function examine(config: Config): Promise<void> {
  const warnings = environmentWarnings();
  print(warnings.map((warning) => note('environment', warning)));
  print([ok('environment', 'every setting can be read.')]);
  print(await checkStore(config));
  print(await checkDiscord(config));
  print(await checkRunComfy(config));
  print(await checkModels(config));
}

const models = readModels();
if (models === undefined) {
  process.stderr.write('npm run doctor, or npm run doctor -- --model bytedance/seedream-4-0/sequential\n');
  process.exitCode = 1;
} else {
  const config = readConfig();
  if (config !== undefined && models.length === 0) await examine(config);
  if (config !== undefined) for (const id of models) print(await checkModel(config, id));
}
