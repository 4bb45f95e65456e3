import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from '../../../src/main/lib/shell-word.ts';

it.each(['triage.stillroom', './a/b-c_d.stillroom', 'Büro.stillroom'])('%s stays', (path) => {
  expect(shellWord(path, 'linux')).toBe(path);
});

it.each(['Bänk Fragen.stillroom', "it's $HOME.stillroom", 'a;b', '`c`', '', 'a\\b'])(
  'a shell reads %j back as it was',
  (path) => {
    const word = shellWord(path, 'linux');
    expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(path);
  },
);

it('is in double quotes on Windows', () => {
  expect(shellWord('C:\\My files\\a.stillroom', 'win32')).toBe('"C:\\My files\\a.stillroom"');
  expect(shellWord('C:\\a.stillroom', 'win32')).toBe('C:\\a.stillroom');
});
