import type { DraftRefusal, TeacherTally } from '../../shared/contract/augment.ts';
import { and, equals, not } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { createAcceptance } from './accept-drafts.ts';
import type { AugmentRequest } from './augment-request.ts';
import type { Draft } from './draft.ts';
import { createTeacherDrafter } from './draft-by-teacher.ts';
import { createLocalDrafter } from './draft-locally.ts';
import { keepDrafts } from './keep-drafts.ts';
import { type AimedRun, aimRun } from './plan.ts';
import { poolSplit } from './select-seeds.ts';
import type { AugmentTools } from './tools.ts';

/** What an augmentation did. `made` = `accepted` + all of `refused`. */
export interface AugmentResult extends TeacherTally {
  readonly strategy: string;
  readonly requested: number;
  readonly made: number;
  readonly accepted: number;
  readonly refused: Readonly<Partial<Record<DraftRefusal, number>>>;
  /** Rows that could have been a seed and may not leave, by the gate's reason. */
  readonly refusedByGate: number;
  readonly refusalReasons: Readonly<Record<string, number>>;
  readonly seeds: number;
  /** Of synthetic rows among the labelled rows for training, drafts included. */
  readonly syntheticShare: number;
  readonly ids: readonly string[];
}

/** A draft with what became of it, for a preview. */
export interface PreviewedDraft {
  readonly parent: string;
  readonly text: string;
  readonly output: Json;
  readonly refusal: DraftRefusal | null;
}

/** More drafts than these for each row wanted are not made: the seeds have no more to give. */
const MAX_DRAFTS_PER_ROW = 10;
const MIN_DRAFTS = 200;

/** What a run that asks no teacher sends. */
export const nothingSent: TeacherTally = {
  sent: 0,
  malformed: 0,
  failed: 0,
  unknown: 0,
  bytes: 0,
  redactions: 0,
  costUsd: 0,
  capReached: false,
};

/**
 * Makes new rows from those of the training pool. They are kept in one step at the end, as drafts: no student learns
 * from one before a person approves it. A teacher's replies are on disk as they come, so a run that was cut off is
 * taken up by the same command without paying twice.
 * @throws AppError `augment.unknown`, `augment.data`, `gate.refused`, `app.usage`, `app.unsupported`, `app.cancelled`,
 *   and what asking a teacher throws
 */
export async function augment(
  store: Store,
  task: Task,
  request: AugmentRequest,
  tools: AugmentTools,
  work: Work,
): Promise<AugmentResult> {
  const run = aimRun(store, task, request, tools);
  const room = countRoom(store, request);
  const { verdicts, accepted } = await makeDrafts(run, task, request, room.rows, tools, work);
  throwIfCancelled(work.signal);
  const ids = keepDrafts(store, accepted, run.strategy, tools.teacher?.name);
  const refused: Partial<Record<DraftRefusal, number>> = {};
  for (const refusal of verdicts) refused[refusal] = (refused[refusal] ?? 0) + 1;
  return {
    ...nothingSent,
    ...tools.teacher?.tally(),
    strategy: run.strategy.id,
    requested: request.count,
    made: accepted.length + verdicts.length,
    accepted: ids.length,
    refused,
    refusedByGate: run.refusedByGate,
    refusalReasons: run.refusalReasons,
    seeds: run.seeds,
    syntheticShare: (room.synthetic + ids.length) / Math.max(1, room.total + ids.length),
    ids,
  };
}

/** The first drafts that rules would make, with what would become of them; nothing is kept. */
export async function previewDrafts(
  store: Store,
  task: Task,
  request: AugmentRequest,
  tools: AugmentTools,
  count: number,
  work: Work,
): Promise<PreviewedDraft[]> {
  const run = aimRun(store, task, request, tools);
  const { strategy } = run;
  if (strategy.maker !== 'rules') return [];
  const drafter = createLocalDrafter(strategy, run.aims, task, run.rng);
  const judge = createAcceptance({ ...run, task, tools, verifies: false });
  const drafts = (await drafter.next(count, work)).slice(0, count);
  return (await judge(drafts, work)).map(({ draft: { aim, text }, refusal }) => ({
    parent: aim.seed.example.externalId,
    text,
    output: aim.output,
    refusal: refusal ?? null,
  }));
}

async function makeDrafts(
  run: AimedRun,
  task: Task,
  { count, verifies }: AugmentRequest,
  room: number,
  tools: AugmentTools,
  work: Work,
): Promise<{ verdicts: DraftRefusal[]; accepted: Draft[] }> {
  const { strategy, aims, rng } = run;
  const drafter =
    strategy.maker === 'rules'
      ? createLocalDrafter(strategy, aims, task, rng)
      : createTeacherDrafter(strategy, aims, task, tools.teacher!); // aimRun saw to it
  const judge = createAcceptance({ ...run, task, tools, verifies });
  const target = Math.min(count, room);
  const limit = Math.max(MIN_DRAFTS, MAX_DRAFTS_PER_ROW * count);
  const accepted: Draft[] = [];
  const verdicts: DraftRefusal[] = [];
  while (accepted.length < target && accepted.length + verdicts.length < limit) {
    throwIfCancelled(work.signal);
    const drafts = await drafter.next(target - accepted.length, work);
    if (drafts.length === 0) break;
    for (const { draft, refusal } of await judge(drafts, work)) {
      if (refusal) verdicts.push(refusal);
      else if (accepted.length < target) accepted.push(draft);
      else verdicts.push('surplus');
    }
    work.report({ done: accepted.length, total: target, message: 'Making new rows' });
  }
  return { verdicts, accepted };
}

/**
 * How many rows may be added: (s + x) / (n + x) <= m gives x <= (m n - s) / (1 - m), for s synthetic ones among n.
 * @throws AppError `augment.data` when there is no room for one
 */
function countRoom(store: Store, { maxShare }: AugmentRequest) {
  const rows = store.examples
    .list(and(equals('split', poolSplit(store)), not(equals('status', 'rejected'))))
    .filter(({ label }) => label?.isValid);
  const synthetic = rows.filter(({ origin }) => origin === 'synthetic').length;
  const room = Math.floor((maxShare * rows.length - synthetic) / (1 - maxShare) + 1e-9);
  if (room < 1)
    throw new AppError(
      'augment.data',
      `Nothing was made: ${synthetic} of the ${rows.length} labelled rows for training are synthetic, and more than ${Math.round(100 * maxShare)} % must not be. Label more real rows, reject drafts in review, or allow a larger share (--max-share).`,
      { details: { synthetic, rows: rows.length } },
    );
  return { rows: room, synthetic, total: rows.length };
}
