import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';

/** The programs of a folder whose field `account` is filled from `accounts` say which table is wrong or was not given. */
export function expectToldOnTables(programs: string, csv: string): void {
  const gone = `${csv}.gone`;
  const unfilled = 'account: filled from table accounts by customer, which was not given.';
  const told = (...args: string[]) =>
    spawnSync(process.execPath, [join(programs, 'predict.mjs'), ...args], { encoding: 'utf8' })
      .stderr;
  expect(told('a text')).toContain(`! ${unfilled}\n`);
  expect(told('--table', `accounts=${csv}`, 'a text')).not.toContain('not given');
  const script = `import json, sys; sys.path.insert(0, sys.argv[1]); from tables import tell_unfilled
decoder = json.load(open(sys.argv[1] + "/../decoder.json", encoding="utf-8"))
print(json.dumps([tell_unfilled(decoder, {}), tell_unfilled(decoder, {"accounts": "x"})]))`;
  const inPython = execFileSync('python3', ['-c', script, programs], { encoding: 'utf8' });
  expect(JSON.parse(inPython)).toEqual([[unfilled], []]);
  const refused: [string, ...string[]][] = [
    [gone, '--table', `accounts=${gone}`],
    [
      'needs the columns "name" and "account"',
      '--table',
      `accounts=${join(programs, 'tables.py')}`,
    ],
    ['NAME=FILE.csv', '--table', 'accounts'],
    ['"other" names no table of this student; its tables: accounts.', '--table', `other=${csv}`],
    ['--odd', '--odd'],
  ];
  for (const [program, path] of [
    [process.execPath, 'predict.mjs'],
    ['python3', 'predict.py'],
  ] as const)
    for (const [words, ...args] of refused) {
      const { status, stderr } = spawnSync(program, [join(programs, path), ...args, 'a text'], {
        encoding: 'utf8',
      });
      expect([path, words, status, stderr]).toEqual([
        path,
        words,
        2,
        expect.stringContaining(words),
      ]);
      expect(stderr).not.toMatch(/Traceback|\n *at /);
    }
}
