import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/main/store/store.ts';
import { parseFilter } from '../../src/shared/domain/filter.ts';
import { parseTask } from '../../src/shared/domain/task.ts';

test('an encrypted project opens with its passphrase only', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-')), 'a.stillroom');
  const store = openStore(path, { mode: 'create', passphrase: 'open sesame' });
  store.project.create(parseTask({ name: 't', kind: 'classify', labels: ['a', 'b'] }));
  store.close();
  expect(() => openStore(path, { mode: 'write' })).toThrow(/give its passphrase/);
  expect(() => openStore(path, { mode: 'write', passphrase: 'wrong' })).toThrow(/does not open/);
  const again = openStore(path, { mode: 'write', passphrase: 'open sesame' });
  expect(again.project.task().name).toBe('t');
  expect(
    again.examples.count(
      parseFilter('source=x and (label in (a, "b c") or not text ~ hi) and meta.team != 3'),
    ),
  ).toBe(0);
  expect(() => openStore(path, { mode: 'write', passphrase: 'open sesame' })).toThrow(
    /Another Stillroom/,
  );
  again.close();
});
