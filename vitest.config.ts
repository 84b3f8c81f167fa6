import { globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where a run leaves its counts, when somebody wants to add them up (`.ci/run`). */
const results = process.env['TEST_RESULTS'];

/** The rooms whose tests need a program of the distribution's: Redis, Compose, an image builder, promtool. */
const SERVICES = ['test/redis/**/*.test.ts', 'test/operations/**/*.test.ts'];

/** Those of `test/units/` that start a process of their own, or work for seconds: large pictures, histories, what SQLite waits for. */
const NOT_FAST = [
  'test/units/lifecycle/many-requests.test.ts',
  'test/units/lifecycle/random-faults.test.ts',
  'test/units/models/load.test.ts',
  'test/units/node-version.test.ts',
  'test/units/pictures/picture.test.ts',
  'test/units/polling/polls-and-lag.test.ts',
  'test/units/simulator/determinism.test.ts',
  'test/units/simulator/found-by-seeds.test.ts',
  'test/units/simulator/found-of-many.test.ts',
  'test/units/simulator/found.test.ts',
  'test/units/simulator/store.test.ts',
  'test/units/storage/sqlite/full-disk.test.ts',
  'test/units/storage/sqlite/ledger.test.ts',
  'test/units/storage/sqlite/one-bot-a-file.test.ts',
  'test/units/usage/chart.test.ts',
];

/** Those that have the bot in their own process (`createStage` in `test/support/bot.ts`). */
const IN_TEST = globSync('test/{bot,faults}/**/*.test.ts', { cwd: import.meta.dirname }).filter((path) =>
  /\bcreateStage\b/.test(readFileSync(join(import.meta.dirname, path), 'utf8')),
);

/** What takes longest, the longest first, by how its path begins in `test/`: begun last, it would run alone at the end. */
const LONGEST_FIRST = [
  'simulator/',
  'kill/',
  'bot/money/statement',
  'bot/process',
  'page/command-line',
  'bot/doctor/',
  'bot/token-expiry',
  'bot/models/catalogue',
  'faults/store',
  'bot/graceful-stop',
  'stand-ins/discord/limits',
  'units/simulator/determinism',
  'units/pictures/picture',
  'faults/',
  'bot/',
  'page/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const path = relative(join(project.config.root, 'test'), moduleId).split(sep).join('/');
      const index = LONGEST_FIRST.findIndex((beginning) => path.startsWith(beginning));
      return index < 0 ? LONGEST_FIRST.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a test waits for comes when it comes: none of these waits says how soon. Vitest's own second is too short for 8 MiB on a busy machine.
    expect: { poll: { timeout: 45_000 } },
    // Tests of the whole bot as a process wait for it most of the time: more of them than cores are done sooner.
    maxWorkers: 8,
    // The files of one worker share what they import. Nothing of ours is global; `after-each-file.ts` ends what a file began.
    isolate: false,
    // What is tested is loaded by Node itself, as in production, and not by a loader of Vite's: a sixth less work.
    experimental: { viteModuleRunner: false },
    setupFiles: ['test/support/after-each-file.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: results === undefined ? ['default'] : ['default', 'json'],
    ...(results === undefined ? {} : { outputFile: join(results, `${process.pid}.json`) }),
    projects: [
      // Everything that needs nothing but this repository.
      {
        extends: true,
        test: {
          name: 'local',
          include: ['test/**/*.test.ts'],
          exclude: SERVICES,
          globalSetup: ['test/support/compile-once.ts'],
        },
      },
      // Of that, what starts no process and no browser: for whoever is writing code.
      { extends: true, test: { name: 'fast', include: ['test/units/**/*.test.ts'], exclude: NOT_FAST } },
      // What is shown of the bot in a test's own process is shown once more of it as a process: `.ci/run` does.
      {
        extends: true,
        test: {
          name: 'processes',
          include: IN_TEST,
          env: { BOT: 'process' },
        },
      },
      // `.ci/run` installs what these need; each test starts its own. Some say by their environment where it is, so they share nothing.
      { extends: true, test: { name: 'services', include: SERVICES, isolate: true } },
    ],
  },
});
