import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyProject } from '../../../src/main/app/copy-project.ts';
import { openStudent } from '../../../src/main/app/open-student.ts';
import { createProject, openProject } from '../../../src/main/app/project.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { smallProject, train } from '../../helpers/train-project.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'stillroom-copy-'));

test('a copy has the records and its students, and goes on without the original', async () => {
  const project = smallProject();
  const { studentId } = await train(project);
  const checkpoint = join(project.filesFolder, 'checkpoints', 'train');
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(join(checkpoint, 'part'), 'cut off');
  const { path } = await copyProject(project, join(folder(), 'b.stillroom'));
  // What is changed afterwards is the original's alone.
  project.store.examples.setStatus(project.store.examples.ids(), 'rejected');

  const copy = openProject(path, { mode: 'write' });
  expect(copy.store.examples.count()).toBe(project.store.examples.count());
  const statuses = copy.store.examples.list().map(({ status }) => status);
  expect(statuses).not.toContain('rejected');
  expect(existsSync(join(copy.filesFolder, 'checkpoints'))).toBe(false);
  project.close();
  const { row, folder: own, predictor } = await openStudent(copy);
  expect(row.id).toBe(studentId);
  expect(own.startsWith(copy.filesFolder)).toBe(true);
  await predictor.close();
  copy.close();
});

test('a copy that was carried elsewhere, file and folder, opens with its students', async () => {
  const project = smallProject();
  const { studentId } = await train(project);
  const copied = folder();
  const { path, filesFolder } = await copyProject(project, join(copied, 'b.stillroom'));
  expect(filesFolder).toBe(`${path}.files`);
  project.close();
  for (const own of [project.path, project.filesFolder]) rmSync(own, { recursive: true });
  const carried = join(folder(), 'renamed.stillroom');
  renameSync(path, carried);
  renameSync(filesFolder!, `${carried}.files`);
  rmSync(copied, { recursive: true });

  const copy = openProject(carried, { mode: 'write' });
  const { row, predictor } = await openStudent(copy);
  expect(row.id).toBe(studentId);
  await predictor.close();
  // The folder is what has them: without it there is no student to open.
  rmSync(copy.filesFolder, { recursive: true });
  await expect(openStudent(copy)).rejects.toMatchObject({ code: expect.any(String) });
  copy.close();
});

test('a copy of an encrypted project is encrypted with the same passphrase', async () => {
  const own = join(folder(), 'a.stillroom');
  const task = parseTask({ name: 'a', kind: 'classify', labels: ['x', 'y'] });
  createProject(own, task, 'secret words');
  const project = openProject(own, { mode: 'write', passphrase: 'secret words' });
  const { path } = await copyProject(project, join(folder(), 'b.stillroom'));
  project.close();
  expect(() => openProject(path, { mode: 'read' })).toThrow(/passphrase/);
  openProject(path, { mode: 'read', passphrase: 'secret words' }).close();
});

test('nothing that is there is written over, and nothing is left of a copy that failed', async () => {
  const project = smallProject();
  const taken = join(folder(), 'b.stillroom');
  writeFileSync(taken, 'mine');
  await expect(copyProject(project, taken)).rejects.toMatchObject({ code: 'store.exists' });
  await expect(copyProject(project, project.path)).rejects.toMatchObject({ code: 'store.exists' });
  const nowhere = join(folder(), 'missing', 'b.stillroom');
  await expect(copyProject(project, nowhere)).rejects.toMatchObject({ code: 'file.missing' });
  expect(existsSync(`${nowhere}.draft`)).toBe(false);
  project.close();
});
