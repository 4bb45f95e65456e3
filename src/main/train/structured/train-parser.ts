import { compileForm } from '../../../shared/domain/form/compile-form.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Lookup } from '../../../shared/domain/lookup.ts';
import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import { createRng } from '../../lib/rng.ts';
import { unlessFinishing, type Work } from '../../lib/work.ts';
import type { Store } from '../../store/store.ts';
import type { CheckpointFolder } from '../checkpoint.ts';
import { chooseModel } from '../choose-model.ts';
import { withMeasured } from '../early-end.ts';
import { findKinds } from '../find-kinds.ts';
import type { Measure } from '../measure.ts';
import { UNSEEN_WEIGHT } from '../outlier.ts';
import { type Trained, type TrainRequest, toTrainOptions } from '../trained.ts';
import { withStage } from '../with-stage.ts';
import { chooseParser } from './choose-parser.ts';
import { compareVariants } from './compare-variants.ts';
import { encodeDecoder } from './decoder-file.ts';
import { type AnsweredRow, type GatheredRows, gatherRows } from './gather-rows.ts';
import { structuredStudents } from './index.ts';
import { learnRows, type Tables } from './learn.ts';
import type { HeldOutPart } from './read-held-out.ts';
import { sayReply } from './say-reply.ts';
import { addReadRows } from './self-training.ts';
import { tellFields } from './tell-fields.ts';

/** So many texts without an output teach as much as they can, and are read in seconds. */
const MOST_UNLABELLED = 10_000;

/** Rows to learn from, and how what is read in a text is an output of the task. */
export interface ParserTask {
  readonly form: Form;
  readonly gathered: GatheredRows;
  readonly tables: Tables;
  /** The forms' names that no student may decide about alone. */
  readonly highStakes: readonly string[];
  /** Of a task of replies, how each frame is said. */
  readonly replies?: readonly ReplyTemplate[];
}

/**
 * Trains a student whose outputs have fields: an object by a schema, or a call of a function.
 * @throws AppError `app.usage`, `task.invalid`, `train.data`, `train.memory`, `app.cancelled`
 */
export function trainFields(
  store: Store,
  task: Task,
  request: TrainRequest,
  checkpoints: CheckpointFolder,
  work: Work,
): Promise<Trained> {
  const form = compileForm(task);
  return trainParser(
    {
      form,
      gathered: gatherRows(store, form, request.doubts),
      tables: { lookups: store.lookups.list(), find: store.lookups.find },
      highStakes: task.highStakes ?? [],
    },
    request,
    checkpoints,
    work,
  );
}

/**
 * Trains a student that fills in a form. The choice of kind, the figures and the confidence come from rows held out of
 * training; the student that is kept was then trained on all. Asked to finish, it keeps the one that was measured
 * instead, whose figures are its own.
 * @throws AppError `app.usage`, `train.data`, `train.memory`, `app.cancelled`
 */
export async function trainParser(
  { form, gathered, tables, highStakes, replies }: ParserTask,
  request: TrainRequest,
  checkpoints: CheckpointFolder,
  work: Work,
): Promise<Trained> {
  const candidates = findKinds(structuredStudents, request.student, request.encoderFolder);
  const { rows, excluded, relabelled, downWeighted } = gathered;
  assertTrainable(rows);
  const unlabelled = createRng(request.seed)
    .shuffle([...gathered.unlabelled])
    .slice(0, MOST_UNLABELLED);
  const options = toTrainOptions(request);
  const dataFingerprint = fingerprint(form, tables.lookups, rows);
  const measure: Measure = replies
    ? ({ predictions, ...answered }) =>
        request.measure({
          ...answered,
          predictions: predictions.map((prediction) => sayReply(replies, prediction)),
          replies,
        })
    : request.measure;

  const trials = await chooseParser(
    candidates,
    { form, rows, unlabelled, tables },
    { ...options, measure },
    work,
  );
  const best = trials[0]!; // there is at least one kind of student
  const { confidence } = best.held;

  const key = sha256(`${dataFingerprint} ${request.seed} ${request.student}`).slice(0, 16);
  const onAll = async (watched: Work): Promise<Omit<HeldOutPart, 'rows'>> => {
    const lesson = learnRows(form, rows, tables);
    const stage = (name: string) => ({
      ...options,
      checkpoint: checkpoints.of(`${key}-${best.student.id}-${name}`),
    });
    const base = await best.student.train(
      lesson.set,
      stage('all'),
      withStage(watched, 'Training on all rows'),
    );
    if (!best.helpsToSelfTrain) return { lesson, parser: base, selfTrained: 0 };
    const inputs = unlabelled.map(({ input }) => input);
    const { set, added } = await addReadRows(base, lesson, confidence, inputs, watched);
    const parser = await best.student.train(
      set,
      stage('self'),
      withStage(watched, 'Training with rows without an output'),
    );
    return { lesson, parser, selfTrained: added };
  };
  const measured = best.held.parts[0];
  const final = measured
    ? await unlessFinishing(withMeasured(work, best.kept), onAll)
    : await onAll(work);
  // Without a student that was measured there is the one trained on all.
  const { lesson, parser, selfTrained } = final ?? measured!;
  const unseen = new Set(final ? [] : measured!.rows);
  const learned = rows.filter((row) => !unseen.has(row));
  const { decoder, ...exported } = parser.export();
  const { plan, empty, normaliser } = lesson;
  const assembly = { plan, empty, normaliser, confidence };
  const int8 = await compareVariants(best, request.threads, work);
  return {
    kind: best.student.id,
    parts: {
      ...exported,
      files: {
        ...exported.files,
        'decoder.json': encodeDecoder({ assembly, replies, model: decoder }),
      },
    },
    facts: {
      classes: form.frames.map(({ name }) => name).filter((name) => name !== ''),
      model: chooseModel(best.student.isQuickerInInt8, int8),
      calibration: {
        method: 'logistic',
        of: confidence.method,
        intercept: confidence.intercept,
        weights: { ...confidence.weights },
        rows: confidence.rows,
      },
      outlier: { unseenWeight: UNSEEN_WEIGHT },
    },
    validation: final ? best.validation : best.kept.measure(),
    validationRows: final ? best.rows : best.kept.rows,
    int8AccuracyDifference: int8?.difference ?? null,
    compared: trials.map(({ student, validation }) => ({ kind: student.id, validation })),
    shortcuts: candidates.flatMap(
      ({ tellShortcut }) =>
        tellShortcut?.(lesson.set, options.budgetSeconds ?? Number.POSITIVE_INFINITY) ?? [],
    ),
    ...(!replies && { fields: tellFields(lesson, learned) }),
    rows: learned.length,
    ...(!final && { endedEarly: best.endedEarly ?? null }),
    excluded,
    relabelled,
    downWeighted,
    selfTrained,
    unconfirmedHighStakes: countUnconfirmed(highStakes, form, rows),
    usedExampleIds: [...rows, ...(selfTrained > 0 ? unlabelled : [])].map(
      ({ exampleId }) => exampleId,
    ),
    dataFingerprint,
  };
}

function assertTrainable(rows: readonly AnsweredRow[]): void {
  if (rows.length === 0)
    throw new AppError(
      'train.data',
      'There are no labelled rows to train on. Import outputs, ask a teacher with "teach", or review some rows.',
    );
  if (new Set(rows.map(({ output }) => canonicalJson(output))).size < 2)
    throw new AppError(
      'train.data',
      `All ${rows.length} labelled rows have one and the same output, so there is nothing to learn. Add rows of other kinds.`,
    );
}

/** SHA-256 over what was learned from: the form, what tables fill of it, ids, contents, outputs, weights. */
function fingerprint(form: Form, lookups: readonly Lookup[], rows: readonly AnsweredRow[]): string {
  const filled = lookups.map(({ name, field, by }) => [name, field, by]);
  const lines = rows.map(({ exampleId, contentHash, output, weight }) =>
    JSON.stringify([exampleId, contentHash, canonicalJson(output), weight]),
  );
  return sha256([JSON.stringify([form, filled]), ...lines].join('\n'));
}

function countUnconfirmed(
  highStakes: readonly string[],
  form: Form,
  rows: readonly AnsweredRow[],
): number {
  const guarded = new Set(
    highStakes.map((name) => form.frames.findIndex((frame) => frame.name === name)),
  );
  return rows.filter(({ filled, isHuman }) => guarded.has(filled.frame) && !isHuman).length;
}
