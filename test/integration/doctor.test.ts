import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { examine } from '../../src/main/app/doctor.ts';
import { emptyProject } from '../helpers/train-project.ts';

test('the students whose folder is gone are named, and no others', async () => {
  const project = emptyProject();
  const { path, filesFolder, store } = project;
  for (const id of ['linear-1', 'linear-2']) {
    const folder = join('students', id);
    mkdirSync(join(filesFolder, folder), { recursive: true });
    writeFileSync(join(filesFolder, folder, 'student.json'), '{}');
    store.students.add({
      id,
      kind: 'linear',
      folder,
      dataFingerprint: '',
      metrics: {},
      config: {},
    });
  }
  project.close();
  const look = async () => (await examine(path)).find(({ id }) => id === 'students');

  expect(await look()).toMatchObject({ status: 'ok' });
  rmSync(join(filesFolder, 'students', 'linear-1'), { recursive: true });
  const symptom = await look();
  expect(symptom?.status).toBe('warn');
  expect(symptom?.message).toContain(`linear-1 (${join(filesFolder, 'students', 'linear-1')})`);
  expect(symptom?.message).not.toContain('linear-2');
  rmSync(dirname(path), { recursive: true });
});
