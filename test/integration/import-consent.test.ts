import { expect, test } from 'vitest';
import { importIntoProject } from '../../src/main/app/import-file.ts';
import { changeConsent } from '../../src/main/gate/consent.ts';
import { decide } from '../../src/main/gate/decide.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { equals, everything } from '../../src/shared/domain/filter.ts';
import { classifyTask, createImportProject } from '../helpers/import-project.ts';

function open() {
  const project = createImportProject();
  const { store } = project;
  const opened = {
    store,
    task: classifyTask,
    path: store.path,
    filesFolder: '',
    close: store.close,
  };
  return { ...project, opened };
}
const permitted = {
  to: 'permitted',
  basis: 'terms of 2026',
  destination: '*',
  expiresAtMs: null,
} as const;

test('permission covers the rows of this file only, whatever other files are named', async () => {
  const { opened, file, store } = open();
  const first = file('may.csv', 'id,text\n1,kept at home\n');
  await importIntoProject(opened, { path: first }, { ...permitted, to: 'private' }, unwatched);
  const second = file('may.csv', 'id,text\n1,kept at home\n2,may leave\n');
  const result = await importIntoProject(opened, { path: second }, permitted, unwatched);
  expect(result).toMatchObject({ imported: 1, duplicates: 1 });
  expect(store.examples.list(equals('consent', 'permitted')).map((row) => row.text)).toEqual([
    'may leave',
  ]);
  expect(store.grants.list()).toMatchObject([{ basis: 'terms of 2026', examples: 1 }]);
});

test('without a basis there is neither a grant nor a row', async () => {
  const { opened, file, store } = open();
  const request = { path: file('may.csv', 'text\na\n') };
  const run = importIntoProject(opened, request, { ...permitted, basis: ' ' }, unwatched);
  await expect(run).rejects.toThrow(/needs a basis/);
  expect([store.examples.count(), store.grants.list().length]).toEqual([0, 0]);
  expect(store.jobs.list().map((job) => job.state)).toEqual(['failed']);
});

test('a holdout that is imported as permitted still needs a word of its own to leave', async () => {
  const { opened, file, store } = open();
  const request = { path: file('h.csv', 'text\nkept for the end\n'), split: 'holdout' } as const;
  await importIntoProject(opened, request, permitted, unwatched);
  const [id] = [...store.examples.ids(everything)];
  const ask = { purpose: 'measure', host: 'teacher.example', nowMs: Date.now() } as const;
  expect(decide(store, id!, ask).kind).toBe('block');
  changeConsent(store, {
    filter: everything,
    filterText: 'all',
    to: 'permitted',
    purposes: ['measure'],
    destination: '*',
    basis: 'terms',
    expiresAtMs: null,
  });
  expect(decide(store, id!, ask).kind).toBe('allow');
});
