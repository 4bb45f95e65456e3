import type { DoubtfulField, ReviewItem } from '../../shared/contract/review.ts';
import { equals } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { createRng } from '../lib/rng.ts';
import type { Example } from '../store/examples.ts';
import type { Finding } from '../store/findings.ts';
import type { Store } from '../store/store.ts';
import { isHighStakes } from './high-stakes.ts';

/** What looking at a record is worth, by reason; the sum orders the queue. */
const worth = {
  holdout: 5,
  highStakes: 4,
  invalid: 3,
  disagreement: 3,
  doubt: 2,
  field: 2,
  draft: 1.5,
  contamination: 2,
  confidence: 1,
} as const;

/** One in so many items is drawn from all others at random, so that the unsuspected are looked at, too. */
const AUDIT_EVERY = 10;
const LOW_CONFIDENCE = 0.7;
const SKIPPED_WORTH = 0.1;

interface Candidate {
  readonly example: Example;
  readonly value: number;
  readonly reasons: readonly string[];
  readonly doubt: Finding | undefined;
  readonly doubtful: readonly DoubtfulField[];
}

/** The next records for a person, the most valuable first, with the reasons. */
export function nextForReview(store: Store, task: Task, count: number, seed = 1): ReviewItem[] {
  const done = store.reviews.exampleIds('approve', 'correct', 'reject');
  const skipped = store.reviews.exampleIds('skip');
  const isSealed = store.seals.current() !== undefined;
  const hasTrain = store.examples.count(equals('split', 'train')) > 0;
  const doubts = new Map<number, Finding>();
  const doubtful = findDoubtful(store, task);
  const leaking = new Set<number>();
  for (const finding of store.findings.each({ isFlagged: true })) {
    if (finding.resolution !== null) continue;
    if (finding.checkId === 'label-error') doubts.set(finding.exampleId, finding);
    if (finding.checkId === 'contamination') leaking.add(finding.exampleId);
  }

  // What was kept out of training can't leak into it.
  const isTrained = (split: string) => split === (hasTrain ? 'train' : 'unassigned');
  const candidates = store.examples
    .list()
    .filter(
      ({ id, status, label, split }) =>
        status !== 'rejected' &&
        !done.has(id) &&
        label?.author !== 'human' &&
        !(isSealed && split === 'holdout'),
    )
    .map((example) =>
      appraise(
        example,
        task,
        doubts.get(example.id),
        doubtful.get(example.id) ?? [],
        isTrained(example.split) && leaking.has(example.id),
      ),
    )
    .map((candidate) =>
      skipped.has(candidate.example.id)
        ? { ...candidate, value: candidate.value * SKIPPED_WORTH }
        : candidate,
    );
  const suspected = candidates.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const others = createRng(seed).shuffle(
    candidates.filter(({ value, example }) => value === 0 && example.label !== undefined),
  );
  return interleave(suspected, others, count).map(toItem);
}

/** Of outputs with fields, what a student of the other rows was unsure of, whether or not it doubts the whole. */
function findDoubtful(store: Store, { kind }: Task): Map<number, readonly DoubtfulField[]> {
  const found = new Map<number, readonly DoubtfulField[]>();
  if (kind !== 'extract' && kind !== 'tools') return found;
  for (const { exampleId, resolution, evidence } of store.findings.each({
    checkId: 'label-error',
  })) {
    // Written by the check.
    const { doubtful } = evidence as { readonly doubtful?: readonly DoubtfulField[] };
    if (doubtful && resolution === null) found.set(exampleId, doubtful);
  }
  return found;
}

function appraise(
  example: Example,
  task: Task,
  doubt: Finding | undefined,
  doubtful: readonly DoubtfulField[],
  isLeaking: boolean,
): Candidate {
  const { label, split, origin, status, strategy } = example;
  const reasons: string[] = [];
  let value = 0;
  const add = (amount: number, reason: string) => {
    value += amount;
    reasons.push(reason);
  };
  if (split === 'holdout') add(worth.holdout, 'the holdout needs a person');
  if (label) {
    if (isHighStakes(task, label.output)) add(worth.highStakes, 'high-stakes label');
    if (!label.isValid) add(worth.invalid, 'the label does not fit the task');
    if (label.agreement < 1)
      add(
        worth.disagreement * (1 - label.agreement),
        `the teacher agrees with itself in ${Math.round(100 * label.agreement)} %`,
      );
    if (doubt) add(worth.doubt * (1 - doubt.score), `label doubt ${(1 - doubt.score).toFixed(2)}`);
    const [least] = doubtful;
    if (least && split !== 'holdout')
      add(
        worth.field * (1 - least.confidence),
        `least sure of ${least.field}, ${Math.round(100 * least.confidence)} %`,
      );
    if (label.confidence !== null && label.confidence < LOW_CONFIDENCE)
      add(
        worth.confidence * (1 - label.confidence),
        `the teacher was ${Math.round(100 * label.confidence)} % sure`,
      );
  }
  if (origin === 'synthetic' && status !== 'approved')
    add(worth.draft, `a draft made by ${strategy ?? 'augmentation'}`);
  if (isLeaking) add(worth.contamination, 'repeats a held-out record');
  return { example, value, reasons, doubt, doubtful };
}

function interleave(
  suspected: readonly Candidate[],
  others: readonly Candidate[],
  count: number,
): Candidate[] {
  const audits = others.slice(
    0,
    Math.max(Math.floor(count / AUDIT_EVERY), count - suspected.length),
  );
  const chosen: Candidate[] = [];
  const audit = (candidate: Candidate) => ({ ...candidate, reasons: ['random audit'] });
  let next = 0;
  for (const candidate of suspected) {
    if (chosen.length >= count) return chosen;
    chosen.push(candidate);
    if (
      chosen.length % AUDIT_EVERY === AUDIT_EVERY - 1 &&
      next < audits.length &&
      chosen.length < count
    )
      chosen.push(audit(audits[next++]!));
  }
  while (chosen.length < count && next < audits.length) chosen.push(audit(audits[next++]!));
  return chosen;
}

function toItem({ example, reasons, doubt, doubtful }: Candidate): ReviewItem {
  const { externalId: id, text, context, split, origin, consent, label } = example;
  const item = { id, text, context, split, origin, consent, reasons };
  if (split === 'holdout') return item;
  // The check writes both fields or neither.
  const { suggested, probability } = (doubt?.evidence ?? {}) as {
    readonly suggested?: Json;
    readonly probability?: number;
  };
  return {
    ...item,
    ...(label ? { label: label.output, author: label.author } : {}),
    ...(suggested === undefined
      ? {}
      : { suggestion: { output: suggested, probability: probability ?? 0 } }),
    ...(doubtful.length > 0 && { doubtful }),
  };
}
