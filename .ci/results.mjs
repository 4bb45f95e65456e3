// What the test runner wrote as JSON: "failed FILE" prints the files that failed, "sum FILE..." the closing lines.
// A file that ran twice counts by its last run.
import { existsSync, readFileSync } from 'node:fs';

const [command, ...paths] = process.argv.slice(2);

const read = (path) => JSON.parse(readFileSync(path, 'utf8')).testResults;
const say = (line) => process.stdout.write(`${line}\n`);

function sum() {
  const written = paths.filter((path) => existsSync(path));
  const files = new Map(written.flatMap(read).map((file) => [file.name, file]));
  const total = { passed: 0, failed: paths.length - written.length, left: 0 };
  for (const { status, assertionResults: tests } of files.values()) {
    const count = (state) => tests.filter((test) => test.status === state).length;
    const [passed, failed] = [count('passed'), count('failed')];
    total.passed += passed;
    // A file that fails before its first test holds none, and counts as one failure.
    total.failed += failed || Number(status === 'failed');
    total.left += tests.length - passed - failed;
  }
  if (total.left > 0) say(`${total.left} left out`);
  say(`${total.passed} passed, ${total.failed} failed`);
}

if (command === 'failed')
  for (const { name } of read(paths[0]).filter(({ status }) => status === 'failed')) say(name);
else sum();
