import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where a run leaves its counts, when somebody wants to add them up (`.ci/run`). */
const results = process.env['TEST_RESULTS'];

/** The rooms whose tests need a program of the distribution's: Redis, Compose, an image builder, promtool. */
const SERVICES = ['test/redis/**/*.test.ts', 'test/operations/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of the time a test waits for its own bot: more of them than cores get done sooner.
    maxWorkers: 4,
    reporters: results === undefined ? ['default'] : ['default', 'json'],
    ...(results === undefined ? {} : { outputFile: join(results, `${process.pid}.json`) }),
    projects: [
      // Everything that needs nothing but this repository.
      { extends: true, test: { name: 'local', include: ['test/**/*.test.ts'], exclude: SERVICES } },
      // `.ci/run` installs what these need; each test starts its own.
      { extends: true, test: { name: 'services', include: SERVICES } },
    ],
  },
});
