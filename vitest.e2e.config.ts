import { defineConfig } from 'vitest/config';

/** Tests in the real window: one file after the other, since each opens an app. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/helpers/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // A busy machine draws late.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
  },
});
