import { AppError } from '../../../shared/errors.ts';
import { memoryBytes } from '../../onnx/optimisers/parameter-memory.ts';
import type { Examples } from './example-lists.ts';
import { openBytes } from './open-sessions.ts';
import type { TrainingPlan } from './plan.ts';
import { toTableSpecs } from './table-specs.ts';

/** WebAssembly addresses 4 GB. */
const LARGEST_PARAMETER_BYTES = 4 * 2 ** 30;
/** The rest is left to the other programs of the machine. */
const USABLE_SHARE = 0.8;

/** About what a training takes: parameters with gradient and averages, the data, the values of the graphs. */
export function estimateBytes(plan: TrainingPlan): number {
  const parameters = memoryBytes(plan.parameters, toTableSpecs(plan));
  const best = plan.validation ? parameters / 4 : 0;
  const models = plan.buckets.reduce(
    (sum, { training, backward }) => sum + training.length + (backward?.model.length ?? 0),
    0,
  );
  return (
    parameters +
    best +
    models +
    frozenBytes(plan) +
    openBytes(plan.buckets) +
    sizeOfExamples(plan.examples)
  );
}

/** The thread that trains has its own copy of what it only reads. */
function frozenBytes({ frozen = {}, frozenTable }: TrainingPlan): number {
  const arrays = [...Object.values(frozen), ...(frozenTable ? [frozenTable] : [])];
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
}

/** @throws AppError `train.memory` when the training would not fit */
export function assertFits(
  plan: TrainingPlan,
  availableBytes: number = process.availableMemory(),
): void {
  const parameters = memoryBytes(plan.parameters, toTableSpecs(plan));
  const needed = estimateBytes(plan);
  const isTooWide = parameters >= LARGEST_PARAMETER_BYTES;
  if (!isTooWide && needed <= availableBytes * USABLE_SHARE) return;
  throw new AppError(
    'train.memory',
    `This training needs about ${toMegabytes(needed)} MB of memory; ${
      isTooWide
        ? 'its parameters alone exceed the 4,096 MB that they may take'
        : `${toMegabytes(availableBytes)} MB are free, a fifth of which stays with other programs`
    }. Nothing was started. Close other programs, train on fewer rows, or choose a smaller student.`,
    { details: { neededBytes: needed, availableBytes } },
  );
}

function sizeOfExamples({ tokens, ngrams, tags, asked, answers, count }: Examples): number {
  const integers = [tokens?.ids, tokens?.words, tags?.ids, asked?.ids, answers?.ids];
  const lists = integers.reduce((sum, array) => sum + (array?.length ?? 0), 0);
  return 4 * lists + 8 * (ngrams?.ids.length ?? 0) + 32 * count;
}

function toMegabytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en');
}
