// Adds up the test runs' results, and prints what failed and, last, the one line that says how many did.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

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
// Who reads only the end of a long log sees which they were.
for (const { name, message, assertionResults } of runs.flatMap((run) => run.testResults ?? [])) {
  const file = relative(process.cwd(), name);
  const failures = assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of failures) {
    console.log(`failed: ${file}: ${fullName}\n${failureMessages.join('\n').slice(0, 1500)}`);
  }
  if (failures.length === 0 && message) console.log(`failed: ${file}: ${message}`);
}
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exitCode = failed > 0 || sum('numPassedTests') === 0 ? 1 : 0;
