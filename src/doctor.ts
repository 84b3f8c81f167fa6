/** `npm run doctor`: checks everything that the bot needs, one line each with what to do; exit code 1 if one is wrong. */
import { ConfigError, environmentWarnings, loadConfig, type Config } from './config.ts';
import { checkDiscord } from './doctor/discord.ts';
import { lineOf, note, ok, wrong, type Finding } from './doctor/finding.ts';
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

const config = readConfig();
if (config !== undefined) {
  const warnings = environmentWarnings();
  print(warnings.map((warning) => note('environment', warning)));
  print([ok('environment', 'every setting can be read.')]);
  print(await checkStore(config));
  print(await checkDiscord(config));
  print(await checkRunComfy(config));
}
