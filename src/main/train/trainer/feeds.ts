import { createRng } from '../../lib/rng.ts';
import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import type { Bags } from '../../onnx/optimisers/embedding-table.ts';
import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import { type Batch, seedOf } from './batches.ts';
import { type Examples, NGRAM_TABLE, TOKEN_TABLE, type TrainingPlan } from './plan.ts';

/** What a graph is fed besides the parameters, in arrays that the next call reuses. */
export interface Feeds {
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Have the gradients of the gathered rows written into these. */
  readonly into: Readonly<Record<string, Tensor>>;
  fill(examples: Examples, batch: Batch): void;
  /** Draws which elements are dropped; of the step alone, so that a resumed training draws the same. */
  drop(step: number): void;
  /** Passes the gradients in `into` on to the tables. */
  learn(): void;
}

/** Arrays for one bucket. Rows that a batch does not fill have weight 0 and no entries. */
export function createFeeds(plan: TrainingPlan, adamW: AdamW, length: number): Feeds {
  const { batchSize: B, classCount: C, dropout } = plan;
  const tensor = (...dims: readonly number[]) =>
    createTensor('float32', dims, new Float32Array(dims.reduce((size, dim) => size * dim, 1)));
  const targets = tensor(B, C);
  const rowWeights = tensor(B);
  const kept = dropout && tensor(B, dropout.width);

  const tokens = plan.tokenTable && {
    table: adamW.tables[TOKEN_TABLE]!, // made of the same plan
    ids: new Int32Array(B * length),
    mask: tensor(B, length),
    rows: tensor(B, length, plan.tokenTable.initial.dims[1]!),
    gradient: tensor(B, length, plan.tokenTable.initial.dims[1]!),
  };
  const ngrams = plan.ngramTable && {
    table: adamW.tables[NGRAM_TABLE]!,
    sums: tensor(B, plan.ngramTable.initial.dims[1]!),
    gradient: tensor(B, plan.ngramTable.initial.dims[1]!),
  };
  let bags: Bags = { starts: [], ids: [], weights: [] };

  function fillTargets(examples: Examples, rows: readonly number[]): void {
    targets.data.fill(0);
    rowWeights.data.fill(0);
    const { starts, classes, shares } = examples.targets;
    rows.forEach((row, b) => {
      rowWeights.data[b] = examples.weights[row]!;
      for (let k = starts[row]!; k < starts[row + 1]!; k++)
        targets.data[b * C + classes[k]!] = shares[k]!;
    });
  }

  return {
    tensors: {
      targets,
      rowWeights,
      ...(kept ? { kept } : {}),
      ...(tokens ? { rows: tokens.rows, mask: tokens.mask } : {}),
      ...(ngrams ? { sums: ngrams.sums } : {}),
    },
    into: {
      ...(tokens ? { 'd rows': tokens.gradient } : {}),
      ...(ngrams ? { 'd sums': ngrams.gradient } : {}),
    },
    fill(examples, { rows }) {
      fillTargets(examples, rows);
      if (tokens && examples.tokens) {
        const { starts, ids } = examples.tokens;
        tokens.ids.fill(-1);
        rows.forEach((row, b) => {
          const end = Math.min(starts[row + 1]!, starts[row]! + length);
          tokens.ids.set(ids.subarray(starts[row]!, end), b * length);
        });
        tokens.ids.forEach((id, i) => {
          tokens.mask.data[i] = id < 0 ? 0 : 1;
        });
        tokens.table.gather(tokens.ids, tokens.rows.data);
      }
      if (ngrams && examples.ngrams) {
        bags = takeBags(examples.ngrams, rows, B);
        ngrams.table.gatherSums(bags, ngrams.sums.data);
      }
    },
    drop(step) {
      if (!dropout || !kept) return;
      const rng = createRng(seedOf(~plan.seed, step));
      const scale = 1 / (1 - dropout.ratio);
      for (let i = 0; i < kept.data.length; i++)
        kept.data[i] = rng.next() < dropout.ratio ? 0 : scale;
    },
    learn() {
      tokens?.table.addGradient(tokens.ids, tokens.gradient.data);
      ngrams?.table.addSumsGradient(bags, ngrams.gradient.data);
    },
  };
}

function takeBags(
  { starts, ids, weights }: NonNullable<Examples['ngrams']>,
  rows: readonly number[],
  batchSize: number,
): Bags {
  const own = new Int32Array(batchSize + 1);
  for (let b = 0; b < batchSize; b++) {
    const row = rows[b];
    own[b + 1] = own[b]! + (row === undefined ? 0 : starts[row + 1]! - starts[row]!);
  }
  const ownIds = new Int32Array(own[batchSize]!);
  const ownWeights = new Float32Array(ownIds.length);
  rows.forEach((row, b) => {
    ownIds.set(ids.subarray(starts[row]!, starts[row + 1]!), own[b]!);
    ownWeights.set(weights.subarray(starts[row]!, starts[row + 1]!), own[b]!);
  });
  return { starts: own, ids: ownIds, weights: ownWeights };
}
