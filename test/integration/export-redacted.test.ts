import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selectRows } from '../../src/main/export/select-rows.ts';
import { createPseudonyms } from '../../src/main/gate/pseudonyms.ts';
import { openStore } from '../../src/main/store/store.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { addExample, setConsent } from './teach/project.ts';

test.each([true, false])(
  'a redacted row is exported without its personal data in its output, too; control: a permitted one with it (redacted: %s)',
  (isRedacted) => {
    const folder = mkdtempSync(join(tmpdir(), 'stillroom-export-'));
    const store = openStore(join(folder, 'project.stillroom'), { mode: 'create' });
    const task = parseTask({
      name: 'calls',
      kind: 'extract',
      schema: { type: 'object', properties: { caller: { type: 'string' } } },
    });
    store.project.create(task);
    const exampleId = addExample(store, 'a', 'Call me at 5550100123.', {
      context: '5550100123, again',
    });
    store.transaction(() => {
      const output = { caller: '5550100123' };
      store.labels.add({ exampleId, author: 'human', output, isValid: true });
      store.examples.setStatus([exampleId], 'approved');
    });
    setConsent(store, 'all', isRedacted ? 'redacted' : 'permitted');
    const [row] = selectRows(store, {
      includePrivate: false,
      isClassify: false,
      pseudonymise: createPseudonyms,
    }).rows;
    const number = isRedacted ? '[PHONE_1]' : '5550100123';
    expect(row).toMatchObject({
      text: `Call me at ${number}.`,
      context: `${number}, again`,
      output: { caller: number },
    });
    store.close();
  },
);
