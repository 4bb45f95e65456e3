import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import type { AugmentRequest } from './augment-request.ts';
import { selectSeeds } from './select-seeds.ts';
import { strategies } from './strategies/index.ts';
import type { Aim, Seed, Strategy } from './strategies/strategy.ts';
import { createTeller } from './tell-output.ts';
import type { AugmentTeacher, AugmentTools } from './tools.ts';

/** What a run is going to make of which rows. */
export interface AimedRun {
  readonly strategy: Strategy;
  /** Every row of the project. */
  readonly rows: readonly Example[];
  readonly aims: readonly Aim[];
  /** What a teacher may be told of an output. */
  readonly tell: (output: Json) => Json;
  readonly rng: Rng;
  /** Rows that may be a seed. */
  readonly seeds: number;
  readonly refusedByGate: number;
  readonly refusalReasons: Readonly<Record<string, number>>;
}

/** A strategy by its id. @throws AppError `augment.unknown` naming those there are */
export function findStrategy(id: string): Strategy {
  const strategy = strategies.find((each) => each.id === id);
  if (strategy) return strategy;
  throw new AppError(
    'augment.unknown',
    `There is no strategy "${id}". There are: ${strategies.map((each) => each.id).join(', ')}.`,
  );
}

/**
 * Chooses seeds and what is to become of them. A strategy that asks a teacher is given only seeds that may leave.
 * @throws AppError `augment.unknown`, `augment.data` when nothing can be a seed, `gate.refused` when no seed may leave,
 *   `app.usage`, `app.unsupported`
 */
export function aimRun(
  store: Store,
  task: Task,
  { strategy: id, label, seed }: AugmentRequest,
  tools: AugmentTools,
): AimedRun {
  const strategy = findStrategy(id);
  assertFits(strategy, task, label);
  const rng = createRng(seed);
  const rows = store.examples.list();
  const tell = createTeller(task, store.lookups.list());
  const all = selectSeeds(store, rows, strategy.id, rng, tell);
  if (strategy.maker === 'teacher' && !tools.teacher)
    throw new AppError(
      'app.usage',
      `"${id}" asks a teacher: give --base-url and --model, as for "teach". Without one there are: ${strategies
        .filter(({ maker }) => maker === 'rules')
        .map((each) => each.id)
        .join(', ')}.`,
    );
  const gated =
    strategy.maker === 'teacher' && tools.teacher
      ? keepPermitted(all, tools.teacher)
      : { seeds: all, reasons: {} };
  const refusedByGate = all.length - gated.seeds.length;
  if (gated.seeds.length === 0 && refusedByGate > 0)
    throw refusedError(store, gated.reasons, refusedByGate);
  const { confusions } = tools;
  const countOf = countLabels(rows);
  const aims = strategy.aim(gated.seeds, { task, rng, label, confusions, countOf });
  if (aims.length === 0) throw noSeeds(strategy, all.length, label);
  return {
    strategy,
    rows,
    aims,
    tell,
    rng,
    seeds: gated.seeds.length,
    refusedByGate,
    refusalReasons: gated.reasons,
  };
}

function assertFits(strategy: Strategy, task: Task, label: string | undefined): void {
  if (!strategy.kinds.includes(task.kind))
    throw new AppError(
      'app.unsupported',
      `"${strategy.id}" is for ${strategy.kinds.join(', ')} tasks, and this one is ${task.kind}. Nothing was made.`,
    );
  if (strategy.id === 'no-answer' && task.noAnswerLabel === undefined)
    throw new AppError(
      'augment.data',
      'The task has no noAnswerLabel, so there are no rows without an answer to vary. Nothing was made.',
    );
  if (label !== undefined && !task.labels?.includes(label))
    throw new AppError(
      'app.usage',
      `"${label}" is not one of the task's labels. Nothing was made. There are: ${(task.labels ?? []).join(', ')}.`,
    );
}

function keepPermitted(seeds: readonly Seed[], teacher: AugmentTeacher) {
  const reasons: Record<string, number> = {};
  const permitted = seeds.filter(({ example }) => {
    const reason = teacher.block(example.id);
    if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1;
    return reason === undefined;
  });
  return { seeds: permitted, reasons };
}

function countLabels(rows: readonly Example[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { split, status, label } of rows)
    if ((split === 'train' || split === 'unassigned') && status !== 'rejected' && label?.isValid) {
      const name = String(label.output);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return counts;
}

function refusedError(
  store: Store,
  reasons: Readonly<Record<string, number>>,
  count: number,
): AppError {
  const told = Object.entries(reasons).map(([reason, times]) => `${times} ${reason}`);
  return new AppError(
    'gate.refused',
    `Nothing was sent: none of the ${count} rows that could be a seed may leave for augmentation (${told.join(', ')}). ` +
      `Permit rows first: stillroom consent ${shellWord(store.path)} --set permitted --purpose augment --where FILTER --basis TEXT`,
    { details: { sent: 0, refusedByGate: count, reasons } },
  );
}

function noSeeds(strategy: Strategy, seeds: number, label: string | undefined): AppError {
  const wanted = label === undefined ? '' : ` for the label "${label}"`;
  return new AppError(
    'augment.data',
    seeds === 0
      ? 'There is no row to start from: it takes real rows outside of the holdout and calibration splits whose label is valid and not in doubt. Nothing was made.'
      : `None of the ${seeds} rows to start from suits "${strategy.id}"${wanted}. Nothing was made. Try another label or strategy.`,
    { details: { seeds } },
  );
}
