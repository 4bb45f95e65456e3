import { expect, test } from 'vitest';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import { addExample, newProject } from '../teach/project.ts';

const rows: Record<string, unknown> = {
  number: { value: 3, agreed: true, day: '2026-03-02' },
  text: { value: '3', agreed: 'true', day: '2025-12-31' },
  large: { value: 12.5, agreed: false, day: '2026-11-01' },
  other: { value: 'many', agreed: 'no' },
  missing: {},
};

test.each([
  ['meta.value = 3', ['number', 'text']],
  ['meta.value in (3, many)', ['number', 'text', 'other']],
  ['meta.value != 3', ['large', 'other', 'missing']],
  ['not meta.value = 3', ['large', 'other', 'missing']],
  ['meta.value > 3', ['large']],
  ['meta.value >= 3', ['number', 'text', 'large']],
  ['meta.agreed = true', ['number', 'text']],
  ['meta.agreed = false', ['large']],
  ['not meta.agreed = true', ['large', 'other', 'missing']],
  ['meta.day < 2026-01-01', ['text']],
  ['meta.day >= "2026-03-02" and meta.day < "2026-04-01"', ['number']],
  ['meta.day ~ 2026', ['number', 'large']],
  ['not meta.day ~ 2026', ['text', 'other', 'missing']],
  ['not label = refund', Object.keys(rows)],
  ['not source = may.csv', Object.keys(rows)],
  ['not (consent = private)', []],
])('%s', (filter, expected) => {
  const { store } = newProject();
  for (const [id, meta] of Object.entries(rows))
    addExample(store, id, `text of ${id}`, { metaJson: JSON.stringify(meta) });
  const found = store.examples.list(parseFilter(filter));
  expect(found.map((example) => example.externalId)).toEqual(expected);
  store.close();
});

test('a flag names both rows of a pair; "not" names all others, those without findings too', () => {
  const { store } = newProject();
  const [first, second] = ['first', 'second', 'third'].map((id) => addExample(store, id, id));
  const pair = { exampleId: first!, otherId: second!, score: 0, isFlagged: true, evidence: {} };
  store.findings.replace('near-duplicate', [pair]);
  store.findings.replace('schema', [{ ...pair, otherId: null }]);
  const found = (filter: string) =>
    store.examples.list(parseFilter(filter)).map((example) => example.externalId);
  expect(found('flag = near-duplicate')).toEqual(['first', 'second']);
  expect(found('flag = schema')).toEqual(['first']);
  expect(found('flag != near-duplicate')).toEqual(['third']);
  store.close();
});

test('calls are found by their function, and by its absence', () => {
  const { store } = newProject();
  const outputs = { booked: { name: 'book', arguments: {} }, idle: null, refund: 'refund' };
  for (const [id, output] of Object.entries(outputs)) {
    const example = addExample(store, id, id);
    store.labels.add({ exampleId: example, output, author: 'imported', isValid: true });
  }
  addExample(store, 'unlabelled', 'unlabelled');
  const found = (filter: string) =>
    store.examples.list(parseFilter(filter)).map((example) => example.externalId);
  expect(found('function = book')).toEqual(['booked']);
  expect(found('function = "no call"')).toEqual(['idle']);
  expect(found('not function in (book, "no call")')).toEqual(['refund', 'unlabelled']);
  store.close();
});

test('a list may be as long as a selection of rows', () => {
  const { store } = newProject();
  const ids = ['first', 'say "second"', 'third'];
  for (const id of ids) addExample(store, id, id);
  const values = [...Array.from({ length: 100_000 }, (_, i) => `none ${i}`), ...ids.slice(1)];
  const found = store.examples.list({ kind: 'compare', field: 'id', operator: 'in', values });
  expect(found.map(({ externalId }) => externalId)).toEqual(ids.slice(1));
  store.close();
});

test('thousands of comparisons are no deeper than a few', () => {
  const { store } = newProject();
  const ids = Object.keys(rows);
  for (const id of ids) addExample(store, id, `text of ${id}`, {});
  const many = Array.from({ length: 5_000 }, (_, i) => `x${i}`);
  const oneByOne = [...many, 'text', 'large'].map((id) => `id = ${id}`);
  expect(store.examples.count(parseFilter(oneByOne.join(' or ')))).toBe(2);
  const noneOf = oneByOne.map((each) => each.replace('=', '!='));
  expect(store.examples.count(parseFilter(noneOf.join(' and ')))).toBe(ids.length - 2);
  store.close();
});
