// After npm test: one line on what it does not run.

console.log(
  'Left out: the tests in the real window (test/e2e). Run them with: npm run test:e2e (on Linux without a display it needs xvfb xauth libgtk-3-0 libnss3 libgbm1 libasound2 unzip).',
);
