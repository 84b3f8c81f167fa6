// Adds up the test runs' results and prints the one line that says how many passed and failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const runs = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (field) => runs.reduce((total, run) => total + (run[field] ?? 0), 0);
// A file whose set-up failed, or that could not even be loaded, has no failed test to count, and has failed all the same.
const broken = runs
  .flatMap((run) => run.testResults ?? [])
  .filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  }).length;
const failed = sum('numFailedTests') + broken;
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exitCode = failed > 0 || sum('numPassedTests') === 0 ? 1 : 0;
