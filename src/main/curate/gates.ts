import type { Task } from '../../shared/domain/task.ts';
import { counted } from '../lib/counted.ts';
import { percent } from '../lib/percent.ts';
import type { Example } from '../store/examples.ts';
import type { Finding } from '../store/findings.ts';
import type { Gate, GateStatus } from '../store/gates.ts';
import { MIN_CLASS_EXAMPLES } from './checks/class-balance.ts';
import { countClasses } from './class-counts.ts';
import { compareDiversity } from './synthetic/diversity.ts';

export interface GateInput {
  readonly task: Task;
  readonly examples: readonly Example[];
  /** Flagged findings that nobody has resolved. */
  readonly open: readonly Pick<Finding, 'checkId' | 'exampleId' | 'otherId'>[];
  /** Of each strategy, where the check `synthetic` ran: how well its rows are told from real ones. */
  readonly realism: ReadonlyMap<string, number>;
  /** Examples that a person has approved or corrected. */
  readonly reviewed: ReadonlySet<number>;
}

/** Sums up the data: each gate one number beside its threshold. The order is that of the workflow. */
export function judgeGates(input: GateInput): Gate[] {
  const gates = [
    validity(input),
    duplicates(input),
    labelDoubt(input),
    injection(input),
    smallestClass(input),
    noAnswer(input),
    synthetic(input),
    realism(input),
    diversity(input),
    contamination(input),
    holdoutReviewed(input),
  ];
  return gates.filter((gate) => gate !== undefined);
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const kept = ({ examples }: GateInput) => examples.filter(({ status }) => status !== 'rejected');
const labelled = (input: GateInput) => kept(input).filter(({ label }) => label !== undefined);

function flaggedRows({ open }: GateInput, ...checkIds: string[]): Set<number> {
  return new Set(
    open.filter(({ checkId }) => checkIds.includes(checkId)).map(({ exampleId }) => exampleId),
  );
}

/** For a number that should be small: passes up to `pass`, warns up to `fail`. */
function below(value: number, pass: number, fail: number): GateStatus {
  return value <= pass ? 'pass' : value <= fail ? 'warn' : 'fail';
}

function validity(input: GateInput): Gate {
  const rows = labelled(input);
  const value =
    rows.length === 0 ? 1 : share(rows.filter(({ label }) => label!.isValid).length, rows.length);
  const status = rows.length === 0 ? 'warn' : below(1 - value, 0.02, 0.1);
  const message =
    rows.length === 0
      ? 'No record has a label yet. Import labels, or ask a teacher.'
      : `${percent(value)} of the labels fit the task.`;
  return { id: 'schema-validity', status, value, threshold: 0.98, message };
}

function duplicates(input: GateInput): Gate {
  const count = flaggedRows(input, 'exact-duplicate', 'near-duplicate').size;
  const value = share(count, kept(input).length);
  const message = `${counted(count, 'record repeats', 'records repeat')} another one (${percent(value)}); repeats stay in one split together.`;
  return { id: 'duplicates', status: below(value, 0.1, 0.5), value, threshold: 0.1, message };
}

function labelDoubt(input: GateInput): Gate {
  const rows = labelled(input);
  const doubted = flaggedRows(input, 'label-error').size;
  const value = share(doubted, rows.length);
  const message = `${counted(doubted, 'label is', 'labels are')} in doubt (${percent(value)}); about half of such flags are real errors. Review them.`;
  return { id: 'label-doubt', status: below(value, 0.05, 0.35), value, threshold: 0.05, message };
}

/** Never fails: the check is no proof, and a person may well keep such a record. */
function injection(input: GateInput): Gate {
  const value = flaggedRows(input, 'prompt-injection').size;
  const message =
    value === 0
      ? 'No record is flagged as speaking to a model.'
      : `${counted(value, 'record')} may speak to a model and not to you. Read, then set aside or dismiss the flag: a teacher that obeys such a text gives a wrong answer.`;
  return {
    id: 'prompt-injection',
    status: value === 0 ? 'pass' : 'warn',
    value,
    threshold: 0,
    message,
  };
}

function smallestClass(input: GateInput): Gate | undefined {
  if (input.task.kind !== 'classify') return undefined;
  const counts = [...countClasses(input.task, input.examples)].sort((a, b) => a[1] - b[1]);
  const [label, value] = counts[0] ?? ['', 0];
  const few = counts.filter(([, count]) => count < MIN_CLASS_EXAMPLES).length;
  const status = value >= MIN_CLASS_EXAMPLES ? 'pass' : value >= 2 ? 'warn' : 'fail';
  const message =
    few === 0
      ? `Every label has ${MIN_CLASS_EXAMPLES} examples or more.`
      : `${few} of ${counts.length} labels have fewer than ${MIN_CLASS_EXAMPLES} examples; "${label}" has ${value}.`;
  return { id: 'smallest-class', status, value, threshold: MIN_CLASS_EXAMPLES, message };
}

function noAnswer(input: GateInput): Gate | undefined {
  const { noAnswerLabel } = input.task;
  const isNoAnswer =
    input.task.kind === 'tools'
      ? (output: unknown) => output === null
      : (output: unknown) => output === noAnswerLabel;
  if (noAnswerLabel === undefined && input.task.kind !== 'tools') return undefined;
  const rows = labelled(input);
  const value = share(rows.filter(({ label }) => isNoAnswer(label!.output)).length, rows.length);
  const status = value >= 0.02 ? 'pass' : 'warn';
  const message = `${percent(value)} of the labels say "no answer"; without enough of them a student answers what it should not.`;
  return { id: 'no-answer', status, value, threshold: 0.02, message };
}

function synthetic(input: GateInput): Gate {
  const rows = kept(input);
  const count = rows.filter(({ origin }) => origin === 'synthetic').length;
  const value = share(count, rows.length);
  const message = `${counted(count, 'record is', 'records are')} synthetic (${percent(value)}).`;
  return { id: 'synthetic-share', status: below(value, 0.5, 0.8), value, threshold: 0.5, message };
}

/** The least real strategy by the AUROC of a classifier that was trained without the row: 0.5 cannot tell them. */
function realism({ realism: byStrategy }: GateInput): Gate | undefined {
  const [worst] = [...byStrategy].sort((a, b) => b[1] - a[1]);
  if (!worst) return undefined;
  const [strategy, value] = worst;
  const message = `A classifier tells “${strategy}” records from real ones in ${percent(value)} of pairs; 50 % is chance. Above 85 % a student may learn how they sound: review the most obvious, or make others from more varied seeds.`;
  return {
    id: 'synthetic-realism',
    status: below(value, 0.85, 1),
    value,
    threshold: 0.85,
    message,
  };
}

function diversity(input: GateInput): Gate | undefined {
  const of = (origin: 'real' | 'synthetic') => kept(input).filter((one) => one.origin === origin);
  const made = of('synthetic');
  const value = made.length === 0 ? undefined : compareDiversity(made, of('real'));
  if (value === undefined) return undefined;
  const message = `In as many words, synthetic records have ${percent(value)} of the word pairs that real ones have.`;
  const status = value >= 0.7 ? 'pass' : 'warn';
  return { id: 'synthetic-diversity', status, value, threshold: 0.7, message };
}

function contamination(input: GateInput): Gate {
  const splitOf = new Map(kept(input).map(({ id, split }) => [id, split]));
  const splits = new Set(splitOf.values());
  // Without a training split, what is unassigned is trained on.
  const trained = splits.has('train') ? 'train' : 'unassigned';
  const leaking = [...flaggedRows(input, 'contamination')];
  const trainable = leaking.filter((id) => splitOf.get(id) === trained);
  const value = trainable.length;
  const hasHeldOut = splits.has('holdout') || splits.has('calibration');
  const status = value > 0 ? 'fail' : hasHeldOut ? 'pass' : 'warn';
  const message =
    value > 0
      ? `${counted(value, 'record that may be trained on repeats', 'records that may be trained on repeat')} holdout or calibration records, so scores would look better than they are. Set them aside: stillroom review PROJECT decide --where "flag=contamination and split=${trained}" --verdict reject --reviewer NAME.`
      : hasHeldOut
        ? 'No record that may be trained on repeats a holdout or calibration record.'
        : 'There is no holdout or calibration split yet, so nothing could leak.';
  return { id: 'contamination', status, value, threshold: 0, message };
}

function holdoutReviewed(input: GateInput): Gate {
  const holdout = kept(input).filter(({ split }) => split === 'holdout');
  const value = share(holdout.filter(({ id }) => input.reviewed.has(id)).length, holdout.length);
  const status = holdout.length === 0 ? 'warn' : value === 1 ? 'pass' : 'fail';
  const message =
    holdout.length === 0
      ? 'There is no holdout yet: review some records, then split.'
      : `${percent(value)} of the ${holdout.length} holdout records were reviewed by a person.`;
  return { id: 'holdout-reviewed', status, value, threshold: 1, message };
}
