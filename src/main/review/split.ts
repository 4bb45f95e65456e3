import type { Split } from '../../shared/domain/example.ts';
import { AppError } from '../../shared/errors.ts';
import { createRng } from '../lib/rng.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import { groupExamples } from './groups.ts';
import { takeStratified } from './take-stratified.ts';

export interface SplitOptions {
  /** Shares of the labelled real rows, in [0, 1). */
  readonly holdout: number;
  readonly calibration: number;
  readonly seed: number;
}

export interface SplitResult {
  /** Rows in each split afterwards. */
  readonly train: number;
  readonly calibration: number;
  readonly holdout: number;
  readonly unassigned: number;
  /** Of the unassigned: rows that touch the holdout or the calibration split by lineage or likeness. */
  readonly keptOut: number;
  readonly groups: number;
}

/** Checks whose flagged pairs hold a group together. */
const repeatChecks = ['exact-duplicate', 'near-duplicate', 'contamination'];

/**
 * Deals rows into splits, whole groups at a time: the holdout first, stratified by label, then calibration, then
 * training. Rows in holdout or calibration stay there; what touches them is kept out of training. Needs the
 * findings of the repeat checks.
 * @throws AppError `split.invalid`
 */
export function split(store: Store, options: SplitOptions): SplitResult {
  assertShares(store, options);
  const examples = store.examples.list();
  const groupOf = groupExamples(examples, store.findings.flaggedPairs(repeatChecks));
  const reviewed = store.reviews.exampleIds('approve', 'correct');
  const plan = planSplits(examples, groupOf, reviewed, options);
  store.transaction(() => {
    store.examples.setGroups(groupOf);
    const moved = examples.filter(({ id, split: at }) => (plan.get(id) ?? at) !== at);
    for (const [to, rows] of Map.groupBy(moved, ({ id }) => plan.get(id)!))
      store.examples.setSplit(
        rows.map(({ id }) => id),
        to,
      );
  });
  return summarise(examples, groupOf, plan);
}

function assertShares(store: Store, { holdout, calibration }: SplitOptions): void {
  if (holdout < 0 || calibration < 0 || holdout + calibration >= 1)
    throw new AppError(
      'split.invalid',
      'The holdout and calibration shares must leave something for training: give two shares whose sum is below 1. Nothing was changed.',
    );
  if (holdout > 0 && store.seals.current())
    throw new AppError(
      'split.invalid',
      'The holdout is sealed, so no rows can be added to it. Use --holdout 0 to deal out the other rows. Nothing was changed.',
    );
}

interface Group {
  readonly members: readonly Example[];
  /** Members that may measure: real, with a valid label. */
  readonly candidates: readonly Example[];
  readonly isReviewed: boolean;
  readonly stratum: string;
}

/** The new split of each row that may move. */
export function planSplits(
  examples: readonly Example[],
  groupOf: ReadonlyMap<number, number>,
  reviewed: ReadonlySet<number>,
  { holdout, calibration, seed }: SplitOptions,
): Map<number, Split> {
  const isReviewed = ({ id, label }: Example) => reviewed.has(id) || label?.author === 'human';
  const guarded = new Set<number>();
  const counts = { holdout: 0, calibration: 0 };
  for (const { id, split: at } of examples)
    if (at === 'holdout' || at === 'calibration') {
      guarded.add(groupOf.get(id)!);
      counts[at]++;
    }

  const plan = new Map<number, Split>();
  const byGroup = new Map<number, Example[]>();
  for (const example of examples) {
    if (example.split === 'holdout' || example.split === 'calibration') continue;
    const group = groupOf.get(example.id)!;
    if (guarded.has(group)) plan.set(example.id, 'unassigned');
    else if (example.status !== 'rejected') {
      const members = byGroup.get(group);
      if (members) members.push(example);
      else byGroup.set(group, [example]);
    }
  }

  const groups = createRng(seed).shuffle(
    [...byGroup.values()].map((members): Group => {
      const valid = members.filter(({ origin, label }) => origin === 'real' && label?.isValid);
      const vouched = valid.filter(isReviewed);
      const candidates = vouched.length > 0 ? vouched : valid;
      const stratum = JSON.stringify(candidates[0]?.label?.output ?? null);
      return { members, candidates, isReviewed: vouched.length > 0, stratum };
    }),
  );
  const open = groups.filter(({ candidates }) => candidates.length > 0);
  const sizeOf = (list: readonly Group[]) =>
    list.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const total = sizeOf(open) + counts.holdout + counts.calibration;
  const wanted = {
    holdout: Math.max(0, Math.round(holdout * total) - (holdout > 0 ? counts.holdout : 0)),
    calibration: Math.max(
      0,
      Math.round(calibration * total) - (calibration > 0 ? counts.calibration : 0),
    ),
  };

  const take = (from: readonly Group[], target: number) =>
    takeStratified(
      from,
      target,
      ({ stratum }) => stratum,
      ({ candidates }) => candidates.length,
    );
  const vouched = open.filter((group) => group.isReviewed);
  // With too few reviewed rows for both, the holdout gets its share of them and calibration the rest.
  const share = Math.round(
    (sizeOf(vouched) * wanted.holdout) / Math.max(1, wanted.holdout + wanted.calibration),
  );
  const chosenHoldout =
    vouched.length === 0
      ? take(open, wanted.holdout)
      : take(vouched, Math.min(wanted.holdout, share));
  const rest = open.filter((group) => !chosenHoldout.has(group));
  const fromReviewed = take(
    rest.filter((group) => group.isReviewed),
    wanted.calibration,
  );
  const missing = wanted.calibration - sizeOf([...fromReviewed]);
  const fromOthers = take(
    rest.filter((group) => !group.isReviewed),
    missing,
  );

  for (const group of groups) {
    const target = chosenHoldout.has(group)
      ? 'holdout'
      : fromReviewed.has(group) || fromOthers.has(group)
        ? 'calibration'
        : 'train';
    const measuring = new Set(group.candidates);
    for (const member of group.members)
      plan.set(member.id, target === 'train' || measuring.has(member) ? target : 'unassigned');
  }
  return plan;
}

function summarise(
  examples: readonly Example[],
  groupOf: ReadonlyMap<number, number>,
  plan: ReadonlyMap<number, Split>,
): SplitResult {
  const counts = { train: 0, calibration: 0, holdout: 0, unassigned: 0 };
  let keptOut = 0;
  for (const { id, split: before } of examples) {
    counts[plan.get(id) ?? before]++;
    if (plan.get(id) === 'unassigned') keptOut++;
  }
  return { ...counts, keptOut, groups: new Set(groupOf.values()).size };
}
