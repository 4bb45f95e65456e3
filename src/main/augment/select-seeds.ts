import { isHeldOut, type Split } from '../../shared/domain/example.ts';
import { equals } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Rng } from '../lib/rng.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import type { Seed } from './strategies/strategy.ts';

/** Checks whose flagged pairs say that two rows repeat each other. */
const repeatChecks = ['exact-duplicate', 'near-duplicate', 'contamination'];

/** The rows that training takes from: the train split, or what is unassigned while no row is in it. */
export function poolSplit(store: Store): Extract<Split, 'train' | 'unassigned'> {
  return store.examples.count(equals('split', 'train')) > 0 ? 'train' : 'unassigned';
}

/**
 * Real rows of the training pool with a valid label that nobody doubts, in random order, those with the fewest children
 * of the strategy first. `tell` takes from an output what no teacher may be told. What shares a group with the holdout or the calibration split, or repeats a row of them, is none.
 */
export function selectSeeds(
  store: Store,
  rows: readonly Example[],
  strategyId: string,
  rng: Rng,
  tell: (output: Json) => Json,
): Seed[] {
  const split = poolSplit(store);
  const touchesHeldOut = createTouchTest(store, rows);
  const doubted = new Set(store.findings.doubts().map(({ exampleId }) => exampleId));
  const children = new Map<number, number>();
  for (const { parentId, strategy } of rows)
    if (parentId !== null && strategy === strategyId)
      children.set(parentId, (children.get(parentId) ?? 0) + 1);
  const seeds = rows.flatMap((example): Seed[] => {
    const { label } = example;
    const isSeed =
      example.split === split &&
      example.origin === 'real' &&
      example.status !== 'rejected' &&
      label?.isValid === true &&
      !doubted.has(example.id) &&
      !touchesHeldOut(example);
    return isSeed ? [{ example, output: label.output, told: tell(label.output) }] : [];
  });
  const childrenOf = ({ example }: Seed) => children.get(example.id) ?? 0;
  return rng.shuffle(seeds).sort((a, b) => childrenOf(a) - childrenOf(b));
}

function createTouchTest(store: Store, rows: readonly Example[]) {
  const heldOut = rows.filter(isHeldOut);
  const ids = new Set(heldOut.map(({ id }) => id));
  const groupIds = new Set(heldOut.flatMap(({ groupId }) => groupId ?? []));
  const groupKeys = new Set(heldOut.flatMap(({ groupKey }) => groupKey ?? []));
  const repeats = new Set(
    store.findings
      .flaggedPairs(repeatChecks)
      .filter(([a, b]) => ids.has(a) !== ids.has(b))
      .flat(),
  );
  return ({ id, groupId, groupKey, parentId }: Example): boolean =>
    repeats.has(id) ||
    (groupId !== null && groupIds.has(groupId)) ||
    (groupKey !== null && groupKeys.has(groupKey)) ||
    (parentId !== null && ids.has(parentId));
}
