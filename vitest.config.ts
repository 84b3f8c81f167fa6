import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      // Everything that needs nothing but this repository.
      { extends: true, test: { name: 'local', include: ['test/**/*.test.ts'], exclude: ['test/services/**'] } },
      // What needs a server of its own (Redis): `.ci/run` installs and starts it.
      { extends: true, test: { name: 'services', include: ['test/services/**/*.test.ts'] } },
    ],
  },
});
