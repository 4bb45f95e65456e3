import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createDesk } from '../e2e/helpers/desk.ts';

/* A label that nobody thought of when the project was made, and labels read from the file itself. */

const folder = mkdtempSync(join(tmpdir(), 'stillroom-labels-'));
const csv = join(folder, 'tickets.csv');
const rows = [
  ...Array.from({ length: 12 }, (_, i) => `I was charged twice for ${i};Billing`),
  ...Array.from({ length: 9 }, (_, i) => `Where is my parcel ${i};"Delivery; late"`),
  ...Array.from({ length: 6 }, (_, i) => `Thank you so much ${i};Praise`),
  'Nobody knows;',
];
writeFileSync(csv, ['Message;Category', ...rows].join('\n'));
const desk = createDesk();
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the labels of a file are listed before there is a project, by the column that is theirs', async () => {
  expect(await desk.run('collect.labels', { path: csv })).toEqual({
    columns: ['Message', 'Category'],
    column: 'Category',
    labels: [
      { label: 'Billing', rows: 12 },
      { label: 'Delivery; late', rows: 9 },
      { label: 'Praise', rows: 6 },
    ],
  });
  const texts = await desk.run('collect.labels', { path: csv, column: 'Message' });
  expect(texts.labels).toHaveLength(28);
  const wide = join(folder, 'wide.csv');
  writeFileSync(wide, ['text', ...Array.from({ length: 1_001 }, (_, i) => `text ${i}`)].join('\n'));
  await expect(desk.run('collect.labels', { path: wide, column: 'text' })).rejects.toThrow(
    '"text" of wide.csv has more than 1,000 different values',
  );
});

test('a label of the file that the project lacks is told, can be added, and is taken away again by undo', async () => {
  await desk.run('project.create', {
    path: join(folder, 'tickets.stillroom'),
    task: { name: 'Tickets', kind: 'classify', labels: ['Billing', 'Delivery; late'] },
  });
  const { result } = await desk.finish('collect.import', { path: csv });
  expect(result).toMatchObject({
    imported: 28,
    invalidOutputs: 6,
    unknownLabels: [{ label: 'Praise', rows: 6 }],
  });
  const fitting = async () => {
    const { rows: page } = await desk.run('collect.page', { limit: 100 });
    return page.filter(({ label }) => label?.isValid).length;
  };
  const labels = async () => (await desk.run('project.summary', {})).task.labels;
  expect(await fitting()).toBe(21);

  expect(await desk.run('project.addLabels', { labels: ['Praise', ' Billing '] })).toEqual({
    added: ['Praise'],
    fitting: 6,
  });
  expect(await labels()).toEqual(['Billing', 'Delivery; late', 'Praise']);
  expect(await fitting()).toBe(27);
  await expect(desk.run('project.addLabels', { labels: ['Praise'] })).rejects.toThrow('already');

  expect(await desk.run('project.undo', {})).toEqual({ name: 'add a label' });
  expect([await labels(), await fitting()]).toEqual([['Billing', 'Delivery; late'], 21]);
  expect(await desk.run('project.redo', {})).toEqual({ name: 'add a label' });
  expect(await fitting()).toBe(27);
});

test('a sealed holdout was judged with the labels there were, so none is added or taken away after', async () => {
  await desk.finish('review.split', {});
  await desk.finish('curate.run', {});
  const { rows: held } = await desk.run('collect.page', { filter: 'split = holdout', limit: 100 });
  await desk.run('review.decide', {
    reviewer: 'Ana',
    decisions: held.map(({ externalId }) => ({ id: externalId, verdict: 'approve', seconds: 1 })),
  });
  await desk.finish('review.seal', {});
  await expect(desk.run('project.addLabels', { labels: ['Other'] })).rejects.toThrow('is sealed');
  const { task } = await desk.run('project.summary', {});
  expect(task.labels).toEqual(['Billing', 'Delivery; late', 'Praise']);
});
