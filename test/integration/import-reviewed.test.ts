import { expect, test } from 'vitest';
import { equals } from '../../src/shared/domain/filter.ts';
import { createImportProject } from '../helpers/import-project.ts';

const csv = 'id,text,label\na,where is my card,card\nb,money back,refund\nc,both,neither\n';
const mapping = { id: 'id', text: 'text', output: 'label' } as const;

test('a file that comes again with who has checked it gives its rows that decision, once', async () => {
  const project = createImportProject();
  const { store } = project;
  const path = project.file('tickets.csv', csv);
  const first = await project.import(path, { mapping });
  expect(first).toMatchObject({ imported: 3, reviewedAgain: 0 });
  expect(store.examples.count(equals('status', 'approved'))).toBe(0);

  const again = await project.import(path, { mapping, reviewedBy: 'Ana' });
  // The label "neither" is none of the task: nobody can have approved it.
  expect(again).toMatchObject({ imported: 0, duplicates: 3, reviewedAgain: 2 });
  const approved = store.examples.list(equals('status', 'approved'));
  expect(
    approved.map(({ externalId, label }) => [externalId, label!.output, label!.author]),
  ).toEqual([
    ['a', 'card', 'human'],
    ['b', 'refund', 'human'],
  ]);
  expect(store.reviews.list().map(({ reviewer, verdict }) => [reviewer, verdict])).toEqual([
    ['Ana', 'approve'],
    ['Ana', 'approve'],
  ]);

  expect(await project.import(path, { mapping, reviewedBy: 'Ana' })).toMatchObject({
    duplicates: 3,
    reviewedAgain: 0,
  });
  // A second person's word is one of its own.
  expect(await project.import(path, { mapping, reviewedBy: 'Ben' })).toMatchObject({
    reviewedAgain: 2,
  });
  store.close();
});

test('rows that a person has rejected, and sealed ones, stay as they are', async () => {
  const project = createImportProject();
  const { store } = project;
  const path = project.file('tickets.csv', csv);
  await project.import(path, { mapping });
  const idOf = (id: string) => store.examples.findByExternalId(id)!.id;
  store.transaction(() => {
    store.examples.setStatus([idOf('a')], 'rejected');
    store.examples.setSplit([idOf('b')], 'holdout');
    store.seals.add({}, 'x');
  });
  const again = await project.import(path, { mapping, reviewedBy: 'Ana' });
  expect(again).toMatchObject({ duplicates: 3, reviewedAgain: 0 });
  expect(store.reviews.list()).toEqual([]);
  store.close();
});
