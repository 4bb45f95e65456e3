import { expect, test } from 'vitest';
import { addRows, emptyProject } from '../../helpers/train-project.ts';

const row = (i: number, author: 'imported' | 'human' = 'imported') => ({
  text: `text ${i}`,
  label: 'card',
  author,
  split: 'holdout' as const,
});

test('a few reviewed rows do not become the whole measure; their answers count in it', () => {
  const project = emptyProject();
  const [first] = addRows(
    project,
    Array.from({ length: 10 }, (_, i) => row(i)),
  );
  project.store.labels.add({ exampleId: first!, author: 'human', output: 'money', isValid: true });
  const gold = project.store.gold.of('holdout')!;
  expect([gold.author, gold.rows.length]).toEqual(['imported', 10]);
  expect(gold.rows[0]!.gold).toBe('money');
  project.close();
});

test("a person's answers are the measure once they are half of it", () => {
  const project = emptyProject();
  addRows(
    project,
    Array.from({ length: 10 }, (_, i) => row(i, i < 5 ? 'human' : 'imported')),
  );
  const gold = project.store.gold.of('holdout')!;
  expect([gold.author, gold.rows.length]).toEqual(['human', 5]);
  project.close();
});
