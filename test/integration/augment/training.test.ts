import { afterEach, beforeEach, expect, test } from 'vitest';
import { curateProject } from '../../../src/main/app/curate-project.ts';
import type { Project } from '../../../src/main/app/project.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { decideWhere } from '../../../src/main/review/decide.ts';
import { nextForReview } from '../../../src/main/review/queue.ts';
import { selectRows } from '../../../src/main/train/dataset.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import { addRows, smallProject } from '../../helpers/train-project.ts';
import { children, plantDesk, run } from './desk.ts';

let project: Project;
beforeEach(() => {
  project = plantDesk();
});
afterEach(() => project.close());

const learned = () => {
  const { store, task } = project;
  const { labelled, unlabelled, excluded } = selectRows(store, task);
  const ids = new Set([...labelled, ...unlabelled].map(({ exampleId }) => exampleId));
  return { excluded, drafts: children(project).filter(({ id }) => ids.has(id)).length };
};

test('no student learns from a draft; from an approved one it does', async () => {
  const { accepted } = await run(project, 'typos', { count: 5 });
  expect(accepted).toBe(5);
  const [unlabelled] = addRows(project, [
    { text: 'a draft without a label', split: 'train', origin: 'synthetic' },
  ]);
  expect(learned()).toMatchObject({ drafts: 0, excluded: { unapproved: 6 } });
  decideWhere(project.store, project.task, {
    filter: parseFilter('strategy = typos'),
    verdict: 'approve',
    reviewer: 'Kim',
    includesHighStakes: true,
  });
  expect(learned()).toMatchObject({ drafts: 5, excluded: { unapproved: 1 } });
  expect(project.store.examples.get(unlabelled!)!.status).toBe('new');
});

test('an approved child and its parent are on one side of every split within training', async () => {
  await run(project, 'typos', { count: 5 });
  const { store, task } = project;
  const made = children(project);
  store.transaction(() =>
    store.examples.setStatus(
      made.map(({ id }) => id),
      'approved',
    ),
  );
  const groups = new Map(
    selectRows(store, task).labelled.map(({ exampleId, group }) => [exampleId, group]),
  );
  expect(made).toHaveLength(5);
  for (const { id, parentId } of made) expect(groups.get(id)).toBe(groups.get(parentId!));
  expect(new Set(groups.values()).size).toBe(groups.size - made.length);
});

test.each([true, false])(
  'a wrong label is doubted whatever was made from its row; control: strangers would vouch for it (lineage %s)',
  async (hasLineage) => {
    const desk = smallProject(240);
    const wrong = 'Could somebody block the stolen card of mine today';
    const [parentId] = addRows(desk, [{ text: wrong, label: 'weather' }]);
    const copies = ['again', 'soon', 'once', 'please', 'maybe'].map((end) => ({
      text: `${wrong.replace('the', 'teh').replace('card', 'crad')} ${end}`,
      label: 'weather',
      ...(hasLineage && { origin: 'synthetic' as const, parentId: parentId! }),
    }));
    addRows(desk, copies);
    await curateProject(desk, { checks: ['label-error'], seed: 1 }, unwatched);
    const finding = [...desk.store.findings.each({ checkId: 'label-error' })].find(
      ({ exampleId }) => exampleId === parentId,
    );
    expect(finding!.isFlagged).toBe(hasLineage);
    desk.close();
  },
);

test('drafts come up for review, saying what made them', async () => {
  await run(project, 'unicode', { count: 3 });
  const queue = nextForReview(project.store, project.task, 10);
  const drafts = queue.filter(({ reasons }) => reasons.includes('a draft made by unicode'));
  expect(drafts).toHaveLength(3);
});

test('a draft that resembles its parent on purpose is no duplicate; a stray copy is one', async () => {
  await run(project, 'unicode', { count: 5 });
  const checks = ['exact-duplicate', 'near-duplicate'];
  const before = await curateProject(project, { checks, seed: 1 }, unwatched);
  expect(before.findings).toEqual({ 'exact-duplicate': 0, 'near-duplicate': 0 });
  addRows(project, [{ text: project.store.examples.list()[0]!.text, split: 'train' }]);
  const after = await curateProject(project, { checks, seed: 1 }, unwatched);
  expect(after.findings['exact-duplicate']).toBe(1);
});

test('private rows serve what is made here', async () => {
  await run(project, 'injection', { count: 40 });
  const texts = children(project).map(({ text }) => text);
  expect(texts.join('\n')).toContain('canary-private');
  expect(texts.join('\n')).not.toMatch(/canary-(?!private)/);
});

test('synthetic rows stay below their share, drafts counted in', async () => {
  const labelled = project.store.examples
    .list(parseFilter('split = train and not status = rejected'))
    .filter(({ label }) => label?.isValid).length;
  const first = await run(project, 'unicode', { count: 1_000, maxShare: 0.2 });
  const room = Math.floor(labelled / 4);
  expect(first.accepted).toBe(room);
  expect(first.syntheticShare).toBeLessThanOrEqual(0.2);
  await expect(run(project, 'typos', { maxShare: 0.2 })).rejects.toMatchObject({
    code: 'augment.data',
    message: expect.stringContaining('--max-share'),
  });
});

test('cancelling keeps nothing of a run that makes its rows here', async () => {
  const controller = new AbortController();
  controller.abort();
  const work = { signal: controller.signal, report: () => undefined };
  await expect(run(project, 'typos', { work })).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(children(project)).toHaveLength(0);
  expect(project.store.jobs.list().at(-1)).toMatchObject({ kind: 'augment', state: 'cancelled' });
});

test('what cannot be made is refused with what to do', async () => {
  await expect(run(project, 'nonsense')).rejects.toMatchObject({ code: 'augment.unknown' });
  await expect(run(project, 'paraphrase')).rejects.toMatchObject({ code: 'app.usage' });
  await expect(run(project, 'typos', { label: 'tea' })).rejects.toMatchObject({
    code: 'app.usage',
    message: expect.stringContaining('card, money'),
  });
});
