import { setImmediate } from 'node:timers/promises';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { Form } from '../../shared/domain/form/form.ts';
import { leaveOut } from '../../shared/domain/form/leave-out.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Input, Prediction, Predictor } from '../../shared/domain/prediction.ts';
import { NO_REPLY, type ReplyTemplate, renderReply } from '../../shared/domain/reply.ts';
import type { Task } from '../../shared/domain/task.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import { createOutputValidator, type OutputValidator } from '../lib/output-validity.ts';
import type { Work } from '../lib/work.ts';
import { createReplyJudge, type ReplyJudge } from '../values/replies/judge-replies.ts';
import type { Baseline } from './baselines/neighbours.ts';
import type { Scored, ScoredAnswer } from './scored.ts';

const BATCH = 128;
const BASELINE_BATCH = 32;

/** What an answer needs to become a scored one. */
export interface Marking {
  readonly task: Task;
  readonly validate: OutputValidator;
  /** Of a task whose outputs have fields. */
  readonly form: Form | undefined;
  /** Of a task of replies, by the types that they are told apart by. */
  readonly judge: ReplyJudge | undefined;
  readonly houseWords: string;
}

/** What answers of a task are marked by. @throws AppError `task.invalid` */
export function createMarking(task: Task, replies: readonly ReplyTemplate[] = []): Marking {
  const hasFields = task.kind === 'extract' || task.kind === 'tools';
  return {
    task,
    validate: createOutputValidator(task),
    form: hasFields ? compileForm(task) : undefined,
    judge: task.kind === 'rewrite' ? createReplyJudge(replies) : undefined,
    houseWords: replies.map((template) => renderReply(template, {})).join('\n'),
  };
}

/** A student's predictions for all inputs, cancellable between batches. */
export async function predictAll(
  predictor: Predictor,
  inputs: readonly Input[],
  work: Work,
  message: string,
): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let start = 0; start < inputs.length; start += BATCH) {
    throwIfCancelled(work.signal);
    predictions.push(...(await predictor.predict(inputs.slice(start, start + BATCH))));
    work.report({ done: predictions.length, total: inputs.length, message });
    await setImmediate();
  }
  return predictions;
}

/** Rows as they should be answered and as a student did. Shapes: inputs, gold, predictions [N]. */
export interface AnsweredRows {
  readonly inputs: readonly Input[];
  readonly gold: readonly Json[];
  readonly predictions: readonly Prediction[];
  readonly classes: readonly string[];
}

/** A student's predictions beside the right answers. */
export function scoreAll(
  { inputs, gold, predictions, classes }: AnsweredRows,
  marking: Marking,
): Scored {
  return {
    task: marking.task,
    gold: gold.map(canonicalJson),
    answers: predictions.map((prediction, row) =>
      scorePrediction(inputs[row]!, prediction, gold[row]!, classes, marking),
    ),
    ...replyRows(inputs, gold, marking),
  };
}

/** A student's prediction beside the right answer. */
export function scorePrediction(
  input: Input,
  prediction: Prediction,
  gold: Json,
  classes: readonly string[],
  marking: Marking,
): ScoredAnswer {
  const { task, validate, form } = marking;
  const { output, missing = [], confidence, probabilities } = prediction;
  // What only keeps an output in shape is no answer: it is never right by chance.
  const read = form && missing.length > 0 ? leaveOut(form, output, missing) : output;
  const goldClass = probabilities && typeof gold === 'string' ? classes.indexOf(gold) : -1;
  return {
    ...(marking.judge
      ? judgeReply(input, missing.length > 0 ? NO_REPLY : output, gold, marking)
      : { key: canonicalJson(read), isValid: validate(output).length === 0 }),
    confidence,
    goldProbability: probabilities ? (probabilities[goldClass] ?? 0) : undefined,
    noAnswerScore: noAnswerScore(prediction, classes, task),
  };
}

/** A reply beside the right one; one that is not given is valid, too: nothing is said. */
export function judgeReply(
  input: Input,
  reply: Json,
  gold: Json,
  { validate, judge }: Marking,
): Pick<ScoredAnswer, 'key' | 'isValid' | 'isRight' | 'isLeft'> {
  const isLeft = reply === NO_REPLY;
  return {
    key: canonicalJson(reply),
    isValid: isLeft || validate(reply).length === 0,
    isLeft,
    isRight: judge?.isRight(input, String(reply), String(gold)) ?? false,
  };
}

/** What is known of the rows of a task of replies, whoever answers them. */
function replyRows(
  inputs: readonly Input[],
  gold: readonly Json[],
  { judge, houseWords }: Marking,
): Pick<Scored, 'replies' | 'houseWords'> {
  if (!judge) return {};
  return {
    houseWords,
    replies: inputs.map((source, row) => ({
      source,
      isSayable: judge.isSayable(source, String(gold[row])),
    })),
  };
}

/** One minus the strongest belief in a real answer; for a student without a no-answer class its outlier score. */
function noAnswerScore(
  { outlierScore, probabilities, confidence }: Prediction,
  classes: readonly string[],
  task: Task,
): number {
  if (!probabilities || !classes.includes(task.noAnswerLabel ?? ''))
    return outlierScore ?? 1 - confidence;
  let strongest = 0;
  classes.forEach((label, i) => {
    if (label !== task.noAnswerLabel) strongest = Math.max(strongest, probabilities[i]!);
  });
  return 1 - strongest;
}

/** A baseline's answers, a few at a time. */
export async function answerAll(
  baseline: Baseline,
  texts: readonly string[],
  { inputs, gold }: { readonly inputs: readonly Input[]; readonly gold: readonly string[] },
  marking: Marking,
  work: Work,
): Promise<ScoredAnswer[]> {
  const { task, validate } = marking;
  const noAnswerKey = task.noAnswerLabel && canonicalJson(task.noAnswerLabel);
  const isValidKey = new Map<string, boolean>();
  const answers: ScoredAnswer[] = [];
  for (let start = 0; start < texts.length; start += BASELINE_BATCH) {
    throwIfCancelled(work.signal);
    for (const text of texts.slice(start, start + BASELINE_BATCH)) {
      const { key, confidence } = baseline.predict(text);
      let isValid = isValidKey.get(key);
      if (isValid === undefined) {
        isValid = validate(JSON.parse(key) as Json).length === 0; // keys are JSON that we wrote
        isValidKey.set(key, isValid);
      }
      const row = answers.length;
      // Keys are JSON that we wrote.
      const [output, right] = [JSON.parse(key), JSON.parse(gold[row]!)] as [Json, Json];
      answers.push({
        ...(marking.judge ? judgeReply(inputs[row]!, output, right, marking) : { key, isValid }),
        confidence,
        noAnswerScore: key === noAnswerKey ? confidence : -confidence,
      });
    }
    await setImmediate();
  }
  return answers;
}
