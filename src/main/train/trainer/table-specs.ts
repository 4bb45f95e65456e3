import type { TableSpec } from '../../onnx/optimisers/parameter-memory.ts';
import type { TrainingPlan } from './plan.ts';

/** The plan's tables with the most rows that a batch can read. */
export function toTableSpecs(plan: TrainingPlan): TableSpec[] {
  const { batchSize, tokenTable, ngramTable, examples, buckets } = plan;
  const specs: TableSpec[] = [];
  if (tokenTable) {
    const longest = batchSize * (buckets.at(-1)?.length ?? 0);
    specs.push({ ...tokenTable, batchRows: Math.min(tokenTable.initial.dims[0]!, longest) });
  }
  if (ngramTable && examples.ngrams) {
    const { starts } = examples.ngrams;
    const counts = Array.from({ length: examples.count }, (_, i) => starts[i + 1]! - starts[i]!);
    const largest = counts.sort((a, b) => b - a).slice(0, batchSize);
    const entries = largest.reduce((sum, count) => sum + count, 1);
    specs.push({ ...ngramTable, batchRows: Math.min(ngramTable.initial.dims[0]!, entries) });
  }
  return specs;
}
