import { expect, test } from 'vitest';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { openStore } from '../../../src/main/store/store.ts';
import { addExample, ask, newProject, setConsent } from './project.ts';
import { label, startTeacher } from './teacher-server.ts';

const COUNT = 40;

test('an attempt is on disk before its bytes arrive anywhere, an answer before it is counted', async () => {
  const { store, path } = newProject();
  for (let i = 0; i < COUNT; i++) addExample(store, `t${i}`, `ticket number ${i}.`);
  setConsent(store, 'all', 'permitted');
  // What another process would find if this one died now.
  const reader = openStore(path, { mode: 'read' });
  const attempts = () =>
    new Set(
      [...reader.ledger.rows()]
        .filter((row) => row.event === 'attempt')
        .map((row) => (JSON.parse(row.bodyJson) as { payloadSha256: string }).payloadSha256),
    );
  const requests = () =>
    Object.values(reader.requests.countByState()).reduce((sum, n) => sum + n, 0);
  const early: string[] = [];
  const teacher = await startTeacher(({ body }, count) => {
    if (!attempts().has(sha256(body)) || requests() < count) early.push(body);
    return label('refund');
  });
  const uncounted: number[] = [];
  const result = await ask(store, teacher.baseUrl, {
    concurrency: 8,
    work: {
      ...unwatched,
      report({ done, message }) {
        const kept = reader.replies.countByOutcome().accepted ?? 0;
        if (message === 'Asking the teacher' && kept < done) uncounted.push(done);
      },
    },
  });
  expect(result).toMatchObject({ sent: COUNT, accepted: COUNT });
  expect(teacher.received).toHaveLength(COUNT);
  expect(early).toEqual([]);
  expect(uncounted).toEqual([]);
  // Control: bytes that no attempt speaks of are found.
  await fetch(`${teacher.baseUrl}/chat/completions`, { method: 'POST', body: '{}' });
  expect(early).toEqual(['{}']);
  reader.close();
  store.close();
  await teacher.close();
});
