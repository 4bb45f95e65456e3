import type { Status } from '../../shared/domain/example.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import type { Example } from '../store/examples.ts';
import type { NewReview, Verdict } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import { isHighStakes } from './high-stakes.ts';

export interface Decision {
  /** Imported id. */
  readonly id: string;
  readonly verdict: Verdict;
  /** The right output, for `correct`. */
  readonly output?: Json | undefined;
  readonly reviewer: string;
  readonly seconds?: number | undefined;
}

/** How to take a review back. */
export interface ReviewInverse {
  readonly kind: 'review';
  readonly reviewIds: readonly number[];
  readonly labelIds: readonly number[];
  /** Example ids by the status that they had. */
  readonly statuses: Readonly<Partial<Record<Status, readonly number[]>>>;
}

export interface DecideResult {
  readonly decided: number;
  readonly changed: number;
}

const REVIEWED = 'reviewed';
/** The checks whose findings a person settles by looking at the record. */
const settledChecks = ['label-error', 'schema', 'no-answer'];

/**
 * Records decisions in one step that one undo takes back: approve and correct add the reviewer's label, reject sets
 * the record aside, skip only remembers. Either all decisions are kept or none.
 * @throws AppError `review.invalid` naming the record and what to do
 */
export function decide(store: Store, task: Task, decisions: readonly Decision[]): DecideResult {
  const validate = createOutputValidator(task);
  const reviewIds: number[] = [];
  const labelIds: number[] = [];
  /** Before the first decision, since one file may hold several on the same record. */
  const statusBefore = new Map<number, Status>();
  let changed = 0;

  const apply = (decision: Decision) => {
    const example = findExample(store, decision.id);
    const output = outputOf(decision, example, validate);
    if (output !== undefined && !isSame(output, example.label?.output)) changed++;
    reviewIds.push(
      store.reviews.add({
        exampleId: example.id,
        reviewer: decision.reviewer,
        verdict: decision.verdict,
        output,
        seconds: decision.seconds ?? null,
      }),
    );
    if (decision.verdict === 'skip') return;
    if (!statusBefore.has(example.id)) statusBefore.set(example.id, example.status);
    if (output !== undefined)
      labelIds.push(
        store.labels.add({
          exampleId: example.id,
          author: 'human',
          name: decision.reviewer,
          output,
          isValid: true,
        }),
      );
    store.examples.setStatus([example.id], decision.verdict === 'reject' ? 'rejected' : 'approved');
    for (const check of settledChecks) store.findings.resolve(check, example.id, REVIEWED);
  };
  store.transaction(() => {
    for (const decision of decisions) apply(decision);
    if (decisions.length === 0) return;
    const ids = [...statusBefore.keys()];
    const statuses = Object.fromEntries(Map.groupBy(ids, (id) => statusBefore.get(id)!));
    const inverse: ReviewInverse = { kind: 'review', reviewIds, labelIds, statuses };
    store.operations.add(nameOf(decisions), { ...inverse });
  });
  return { decided: decisions.length, changed };
}

export interface BulkResult extends DecideResult {
  /** Left for a person to look at one by one. */
  readonly skipped: {
    readonly highStakes: number;
    readonly withoutLabel: number;
    readonly sealed: number;
  };
}

/** Approves, rejects or skips every record that a filter names; high-stakes labels are approved only on request. */
export function decideWhere(
  store: Store,
  task: Task,
  request: {
    readonly filter: Filter;
    readonly verdict: Exclude<Verdict, 'correct'>;
    readonly reviewer: string;
    readonly includesHighStakes: boolean;
  },
): BulkResult {
  const { verdict, reviewer } = request;
  const skipped = { highStakes: 0, withoutLabel: 0, sealed: 0 };
  const isSealed = store.seals.current() !== undefined;
  const decisions: Decision[] = [];
  for (const { externalId, label, split } of store.examples.list(request.filter)) {
    if (isSealed && split === 'holdout') skipped.sealed++;
    else if (verdict === 'approve' && !label?.isValid) skipped.withoutLabel++;
    else if (
      verdict === 'approve' &&
      !request.includesHighStakes &&
      isHighStakes(task, label!.output)
    )
      skipped.highStakes++;
    else decisions.push({ id: externalId, verdict, reviewer });
  }
  return { ...decide(store, task, decisions), skipped };
}

/** How to decide again what was undone. */
export interface ReviewForward {
  readonly kind: 'review';
  readonly reviews: readonly NewReview[];
  readonly labelIds: readonly number[];
  readonly statuses: ReviewInverse['statuses'];
}

/** Takes decisions back: the reviews go, their labels count for nothing, the records get their status back. Call inside a transaction. */
export function undoReview(
  store: Store,
  { labelIds, reviewIds, statuses: before }: ReviewInverse,
): ReviewForward {
  const statuses = store.examples.byStatus(Object.values(before).flat());
  for (const id of labelIds) store.labels.withdraw(id);
  const reviews = reviewIds.map((id) => store.reviews.remove(id));
  setStatuses(store, before);
  for (const id of Object.values(before).flat())
    for (const check of settledChecks) store.findings.resolve(check, id, null, REVIEWED);
  return { kind: 'review', reviews, labelIds, statuses };
}

/** Decides again what was undone. Call inside a transaction. */
export function redoReview(
  store: Store,
  { reviews, labelIds, statuses: after }: ReviewForward,
): ReviewInverse {
  const statuses = store.examples.byStatus(Object.values(after).flat());
  const reviewIds = reviews.map((review) => store.reviews.add(review));
  for (const id of labelIds) store.labels.reinstate(id);
  setStatuses(store, after);
  for (const id of Object.values(after).flat())
    for (const check of settledChecks) store.findings.resolve(check, id, REVIEWED);
  return { kind: 'review', reviewIds, labelIds, statuses };
}

function setStatuses(store: Store, byStatus: ReviewInverse['statuses']): void {
  for (const [status, ids] of Object.entries(byStatus))
    store.examples.setStatus(ids, status as Status); // the record's keys are statuses
}

/** Objects whose keys stand in another order are the same output. */
function isSame(output: Json, other: Json | undefined): boolean {
  return other !== undefined && canonicalJson(output) === canonicalJson(other);
}

function findExample(store: Store, externalId: string): Example {
  const found = store.examples.findByExternalId(externalId);
  const example = found && store.examples.get(found.id);
  if (!example)
    throw new AppError(
      'review.invalid',
      `There is no record "${externalId}". No decision was kept.`,
    );
  if (example.split === 'holdout' && store.seals.current())
    throw new AppError(
      'review.invalid',
      `"${externalId}" is in the sealed holdout, which can't change. No decision was kept.`,
    );
  return example;
}

function outputOf(
  { id, verdict, output }: Decision,
  { label }: Example,
  validate: (output: Json) => string[],
): Json | undefined {
  const fail = (why: string): never => {
    throw new AppError('review.invalid', `"${id}": ${why} No decision was kept.`);
  };
  if (verdict === 'reject' || verdict === 'skip') return undefined;
  if (verdict === 'correct' && output === undefined) fail('"correct" needs the right output.');
  const chosen = output === undefined ? label?.output : output;
  if (chosen === undefined)
    return fail('there is no label to approve; give an output with "correct".');
  const problems = validate(chosen);
  if (problems.length > 0) fail(`${problems.join('; ')}.`);
  return chosen;
}

function nameOf(decisions: readonly Decision[]): string {
  const verbs = [...new Set(decisions.map(({ verdict }) => verdict))];
  return `${verbs.length === 1 ? verbs[0] : 'review'} ${decisions.length}`;
}
