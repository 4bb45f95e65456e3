import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { examine } from '../../src/main/app/doctor.ts';
import { openStore } from '../../src/main/store/store.ts';
import { addRows, emptyProject } from '../helpers/train-project.ts';

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

test('a row whose columns cannot be read is told, by doctor and by whoever reads it', async () => {
  const project = emptyProject();
  const { path } = project;
  addRows(project, [{ text: 'lost card' }]);
  project.close();
  const look = async () => (await examine(path)).find(({ id }) => id === 'project');
  expect(await look()).toMatchObject({ status: 'ok' });

  const db = new Sqlite(path);
  db.exec("UPDATE example SET meta_json = '[1,2'");
  db.close();
  expect(await look()).toMatchObject({
    status: 'fail',
    message: expect.stringContaining('the columns of 1 rows cannot be read'),
  });
  const damaged = openStore(path, { mode: 'read' });
  expect(() => damaged.examples.list()).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
  damaged.close();
});
