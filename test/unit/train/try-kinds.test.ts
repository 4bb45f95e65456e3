import { expect, test } from 'vitest';
import { unwatched, type Work } from '../../../src/main/lib/work.ts';
import { tryKinds } from '../../../src/main/train/try-kinds.ts';
import { throwIfCancelled } from '../../../src/shared/errors.ts';

const PARTS = 6;
const ROWS_OF_PART = 10;

/** Kinds that have this many rows of each part right, and heed wishes as trainings do. */
const kinds = [
  { id: 'fair', rightOfPart: 5 },
  { id: 'good', rightOfPart: 8 },
  { id: 'poor', rightOfPart: 3 },
];

/** Tries them, and wishes for the end within one part of one kind. */
async function tryUntil(id: string, part: number) {
  const wish = new AbortController();
  const work: Work = { ...unwatched, finish: { signal: wish.signal } };
  const trials = await tryKinds(kinds, work, async ({ rightOfPart, ...kind }, watched) => {
    let done = 0;
    for (let index = 0; index < PARTS && !(done > 0 && watched.finish?.signal.aborted); index++) {
      if (kind.id === id && index === part) wish.abort();
      throwIfCancelled(watched.signal);
      done++;
    }
    const own = { right: rightOfPart + 1, rows: ROWS_OF_PART };
    return { id: kind.id, right: done * rightOfPart, rows: done * ROWS_OF_PART, kept: own };
  });
  return trials.map((trial) => `${trial.id} ${trial.right}/${trial.rows}`);
}

test('all kinds are compared on the same rows, the best first', async () => {
  expect(await tryUntil('none', 0)).toEqual(['good 48/60', 'fair 30/60', 'poor 18/60']);
});

test('one that is cut off in any of its parts is not compared by the few rows that it had', async () => {
  for (let part = 0; part < PARTS; part++) {
    expect(await tryUntil('good', part)).toEqual(['fair 30/60']);
    expect(await tryUntil('poor', part)).toEqual(['good 48/60', 'fair 30/60']);
  }
});

test('the first one stays with what it has', async () => {
  expect(await tryUntil('fair', 0)).toEqual(['fair 5/10']);
  expect(await tryUntil('fair', 2)).toEqual(['fair 15/30']);
});

test('what is shown meanwhile is how good the student is that could be kept, not all that were tried', async () => {
  const shown: unknown[] = [];
  const work: Work = { ...unwatched, report: ({ details }) => void shown.push(details?.measured) };
  await tryKinds(kinds, work, async ({ id, rightOfPart }, watched) => {
    watched.report({ done: 1, total: 2, message: id, details: { epoch: 1 } });
    return { right: rightOfPart * 6, kept: { right: rightOfPart + 1, rows: ROWS_OF_PART } };
  });
  expect(shown).toEqual([undefined, 0.6, 0.9]);
});
