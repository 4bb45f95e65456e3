import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,integration}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Two cores make two; by itself the runner leaves one free.
    maxWorkers: '100%',
    env: { ORT_DISABLE_TELEMETRY: '1' },
  },
});
