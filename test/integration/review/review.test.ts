import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redoNext, undoLast } from '../../../src/main/app/undo.ts';
import { contentHash } from '../../../src/main/lib/content-hash.ts';
import { decide, decideWhere } from '../../../src/main/review/decide.ts';
import { nextForReview } from '../../../src/main/review/queue.ts';
import { seal } from '../../../src/main/review/seal.ts';
import { split } from '../../../src/main/review/split.ts';
import { openStore, type Store } from '../../../src/main/store/store.ts';
import type { Split } from '../../../src/shared/domain/example.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { AppError } from '../../../src/shared/errors.ts';

const task = parseTask({
  name: 'desk',
  kind: 'classify',
  labels: ['card', 'refund', 'fraud'],
  highStakes: ['fraud'],
});

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-review-'));
  store = openStore(join(folder, 'a.stillroom'), { mode: 'create' });
  store.project.create(task);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(id: string, output: string, at: Split = 'unassigned'): number {
  return store.transaction(() => {
    const exampleId = store.examples.insert({
      externalId: id,
      text: `text of ${id}`,
      origin: 'real',
      consent: 'private',
      split: at,
      status: 'new',
      contentHash: contentHash(`text of ${id}`, null),
    });
    store.labels.add({ exampleId, author: 'teacher', output, isValid: true, confidence: 0.9 });
    return exampleId;
  });
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof AppError ? error.code : String((error as Error).message);
  }
  return 'nothing was thrown';
}

describe('deciding', () => {
  test('a correction becomes the current label; undo gives back label, status and queue, after a restart', () => {
    const id = add('a', 'card');
    decide(store, task, [{ id: 'a', verdict: 'correct', output: 'refund', reviewer: 'Ana' }]);
    expect(store.examples.get(id)).toMatchObject({
      status: 'approved',
      label: { output: 'refund', author: 'human' },
    });
    const { path } = store;
    store.close();
    store = openStore(path, { mode: 'write' });
    expect(undoLast(store)).toBe('correct 1');
    expect(store.examples.get(id)).toMatchObject({
      status: 'labelled',
      label: { output: 'card', author: 'teacher' },
    });
    expect(store.reviews.list()).toEqual([]);
    expect(store.integrity.check().staleLabels).toBe(0);
    expect(codeOf(() => undoLast(store))).toBe('review.invalid');
  });

  test('two decisions on one record in one step go back to the status before both', () => {
    const id = add('a', 'card');
    decide(store, task, [
      { id: 'a', verdict: 'approve', reviewer: 'Ana' },
      { id: 'a', verdict: 'reject', reviewer: 'Bo' },
    ]);
    expect(store.examples.get(id)?.status).toBe('rejected');
    undoLast(store);
    expect(store.examples.get(id)?.status).toBe('labelled');
  });

  test('a finding that a person dismissed stays so through a review and its undo', () => {
    const [a, b] = [add('a', 'card'), add('b', 'card')];
    const doubt = { otherId: null, score: 0.1, isFlagged: true, evidence: {} };
    store.findings.replace('label-error', [
      { ...doubt, exampleId: a },
      { ...doubt, exampleId: b },
    ]);
    store.findings.resolve('label-error', a, 'dismissed');
    const resolutions = () =>
      [...store.findings.each({ checkId: 'label-error' })].map(({ resolution }) => resolution);
    decide(store, task, [
      { id: 'a', verdict: 'approve', reviewer: 'Ana' },
      { id: 'b', verdict: 'approve', reviewer: 'Ana' },
    ]);
    expect(resolutions()).toEqual(['dismissed', 'reviewed']);
    undoLast(store);
    expect(resolutions()).toEqual(['dismissed', null]);
    redoNext(store);
    expect(resolutions()).toEqual(['dismissed', 'reviewed']);
  });

  test('all decisions of a step are kept or none', () => {
    add('a', 'card');
    const decisions = [
      { id: 'a', verdict: 'approve', reviewer: 'Ana' },
      { id: 'a', verdict: 'correct', output: 'nonsense', reviewer: 'Ana' },
    ] as const;
    expect(codeOf(() => decide(store, task, decisions))).toBe('review.invalid');
    expect(store.reviews.list()).toEqual([]);
    expect(store.examples.list()[0]?.status).toBe('labelled');
  });

  test('bulk approval leaves high stakes alone unless asked', () => {
    add('a', 'card');
    add('b', 'fraud');
    const request = { filter: parseFilter('all'), verdict: 'approve', reviewer: 'Ana' } as const;
    const careful = decideWhere(store, task, { ...request, includesHighStakes: false });
    expect(careful).toMatchObject({ decided: 1, skipped: { highStakes: 1 } });
    undoLast(store);
    const bold = decideWhere(store, task, { ...request, includesHighStakes: true });
    expect(bold).toMatchObject({ decided: 2, skipped: { highStakes: 0 } });
  });
});

describe('the queue', () => {
  test('high stakes and doubt come first, a holdout row shows no label, decided rows are gone', () => {
    add('plain', 'card');
    add('stakes', 'fraud');
    const doubted = add('doubted', 'card');
    add('held', 'card', 'holdout');
    add('done', 'card');
    decide(store, task, [{ id: 'done', verdict: 'approve', reviewer: 'Ana' }]);
    store.transaction(() =>
      store.findings.replace('label-error', [
        {
          exampleId: doubted,
          otherId: null,
          score: 0.1,
          isFlagged: true,
          evidence: { suggested: 'refund', probability: 0.9 },
        },
      ]),
    );
    const items = nextForReview(store, task, 10);
    expect(items.map(({ id }) => id)).toEqual(['held', 'stakes', 'doubted', 'plain']);
    expect(items[0]).not.toHaveProperty('label');
    expect(items[0]).not.toHaveProperty('suggestion');
    expect(items[2]?.suggestion).toEqual({ output: 'refund', probability: 0.9 });
    expect(items[3]?.reasons).toEqual(['random audit']);
  });
});

describe('the queue of outputs with fields', () => {
  const form = parseTask({
    name: 'visits',
    kind: 'extract',
    schema: { type: 'object', properties: { city: { type: 'string' } } },
  });

  test('rows whose least sure field is doubtful come before the others, the least sure first', () => {
    const ids = ['plain', 'unsure', 'least', 'settled', 'held'].map((id) =>
      add(id, 'x', id === 'held' ? 'holdout' : 'unassigned'),
    );
    const finding = (exampleId: number, doubtful?: readonly object[]) => ({
      exampleId,
      otherId: null,
      score: 0.9,
      isFlagged: false,
      evidence: { probability: 0.9, ...(doubtful && { doubtful: doubtful as Json[] }) },
    });
    const unsure = [{ field: 'city', confidence: 0.6 }];
    const least = [{ field: 'city', confidence: 0.2 }];
    store.findings.replace('label-error', [
      finding(ids[0]!),
      finding(ids[1]!, unsure),
      finding(ids[2]!, least),
      finding(ids[3]!, least),
      finding(ids[4]!, least),
    ]);
    store.findings.resolve('label-error', ids[3]!, 'dismissed');
    const items = nextForReview(store, form, 10);
    expect(items.slice(0, 3).map(({ id }) => id)).toEqual(['held', 'least', 'unsure']);
    expect(items[1]).toMatchObject({ doubtful: least, reasons: ['least sure of city, 20 %'] });
    // Nothing steers who fills in the holdout.
    expect(items[0]).not.toHaveProperty('doubtful');
    expect(items[0]!.reasons).toEqual(['the holdout needs a person']);
    // Labels have no fields that could be in doubt.
    expect(nextForReview(store, task, 10).flatMap(({ doubtful }) => doubtful ?? [])).toEqual([]);
  });
});

describe('findings', () => {
  const finding = (exampleId: number, score: number) => ({
    exampleId,
    otherId: null,
    score,
    isFlagged: score < 0.3,
    evidence: { suggested: 'refund', probability: 0.8 },
  });

  test('running a check again keeps what people decided, and the cut moves without scoring', () => {
    const [a, b] = [add('a', 'card'), add('b', 'card')];
    store.findings.replace('label-error', [finding(a, 0.1), finding(b, 0.4)]);
    store.findingPages.setThreshold('label-error', 0.5);
    expect(store.findings.doubts()).toHaveLength(2);
    store.findings.resolve('label-error', a, 'dismissed');
    store.findings.replace('label-error', [finding(a, 0.2), finding(b, 0.4)]);
    const kept = [...store.findings.each({ checkId: 'label-error' })];
    expect(kept.map(({ externalId, resolution }) => [externalId, resolution])).toEqual([
      ['a', 'dismissed'],
      ['b', null],
    ]);
    expect(store.findings.openCounts()).toEqual({ 'label-error': 0 });
  });
});

describe('the seal', () => {
  function sealable(): void {
    for (let i = 0; i < 20; i++) add(`r${i}`, i % 2 === 0 ? 'card' : 'refund');
    const filter = parseFilter('all');
    const request = { filter, verdict: 'approve', reviewer: 'Ana' } as const;
    decideWhere(store, task, { ...request, includesHighStakes: false });
    split(store, { holdout: 0.5, calibration: 0, seed: 1 });
  }

  test('refuses what no person has seen, and names how many', () => {
    add('a', 'card', 'holdout');
    try {
      seal(store);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'seal.refused', details: { notReviewed: 1 } });
    }
    expect(store.seals.current()).toBeUndefined();
  });

  test('refuses while a training row repeats a held-out one', () => {
    sealable();
    const [train] = store.examples.ids(parseFilter('split=train'));
    const [held] = store.examples.ids(parseFilter('split=holdout'));
    const leak = { exampleId: train!, otherId: held!, score: 0, isFlagged: true, evidence: {} };
    store.findings.replace('contamination', [leak]);
    expect(codeOf(() => seal(store))).toBe('seal.refused');
    store.examples.setSplit([train!], 'unassigned');
    expect(seal(store).rows).toBe(10);
  });

  test('rows, labels and membership of a sealed holdout cannot change; others can', () => {
    sealable();
    const [held] = store.examples.ids(parseFilter('split=holdout'));
    const [free] = store.examples.ids(parseFilter('split=train'));
    const heldId = store.examples.externalIds([held!])[0]!;
    const attempts: Readonly<Record<string, () => unknown>> = {
      label: () =>
        store.labels.add({ exampleId: held!, author: 'human', output: 'fraud', isValid: true }),
      withdraw: () => store.labels.withdraw(store.labels.of(held!).at(-1)!.id),
      split: () => store.examples.setSplit([held!], 'train'),
      join: () => store.examples.setSplit([free!], 'holdout'),
      status: () => store.examples.setStatus([held!], 'rejected'),
      insert: () => add('late', 'card', 'holdout'),
    };
    const certificate = seal(store);
    expect(certificate.countsByLabel).toEqual({ card: 5, refund: 5 });
    for (const [name, attempt] of Object.entries(attempts))
      expect(`${name}: ${codeOf(() => store.transaction(attempt))}`).toBe(`${name}: sealed`);
    const decision = { id: heldId, verdict: 'correct', output: 'fraud', reviewer: 'Bo' } as const;
    expect(codeOf(() => decide(store, task, [decision]))).toBe('review.invalid');
    expect(codeOf(() => split(store, { holdout: 0.5, calibration: 0, seed: 1 }))).toBe(
      'split.invalid',
    );
    expect(codeOf(() => seal(store))).toBe('seal.refused');

    expect(codeOf(() => store.examples.setSplit([free!], 'calibration'))).toBe(
      'nothing was thrown',
    );
    expect(codeOf(() => add('later', 'card'))).toBe('nothing was thrown');
    expect(store.examples.get(held!)?.label?.output).not.toBe('fraud');
  });

  test('before the seal the same changes are allowed', () => {
    sealable();
    const [held] = store.examples.ids(parseFilter('split=holdout'));
    expect(codeOf(() => store.examples.setStatus([held!], 'rejected'))).toBe('nothing was thrown');
    expect(codeOf(() => add('late', 'card', 'holdout'))).toBe('nothing was thrown');
  });
});
