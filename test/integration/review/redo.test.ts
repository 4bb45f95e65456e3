import { expect, test } from 'vitest';
import { openProject } from '../../../src/main/app/project.ts';
import { redoNext, undoLast } from '../../../src/main/app/undo.ts';
import { decide } from '../../../src/main/review/decide.ts';
import { addRows, emptyProject } from '../../helpers/train-project.ts';

test('a decision that was undone is made again, after a restart, and undone again', () => {
  let project = emptyProject();
  const [id] = addRows(project, [{ text: 'lost it', label: 'card', author: 'teacher' }]);
  const [externalId] = project.store.examples.externalIds([id!]);
  const decision = {
    id: externalId!,
    verdict: 'correct',
    output: 'money',
    reviewer: 'Ana',
  } as const;
  decide(project.store, project.task, [decision]);
  undoLast(project.store);
  const changedMs = project.store.summary.lastChangeMs();
  project.close();

  project = openProject(project.path, { mode: 'write' });
  const { store } = project;
  expect(redoNext(store)).toBe('correct 1');
  expect(store.examples.get(id!)).toMatchObject({
    status: 'approved',
    label: { output: 'money', author: 'human' },
  });
  expect(store.reviews.list()).toMatchObject([
    { exampleId: id, verdict: 'correct', reviewer: 'Ana', outputJson: '"money"' },
  ]);
  expect(store.integrity.check().staleLabels).toBe(0);
  expect(store.summary.lastChangeMs()).toBeGreaterThanOrEqual(changedMs);

  undoLast(store);
  expect(store.examples.get(id!)).toMatchObject({ status: 'labelled', label: { output: 'card' } });
  expect(store.reviews.list()).toEqual([]);
  project.close();
});
