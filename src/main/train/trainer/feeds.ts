import { createRng, type Rng } from '../../lib/rng.ts';
import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import type { Bags } from '../../onnx/optimisers/embedding-table.ts';
import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import { type Batch, seedOf } from './batches.ts';
import type { Examples } from './example-lists.ts';
import { createFrozenTable } from './frozen-table.ts';
import { type Bucket, NGRAM_TABLE, TOKEN_TABLE, type TrainingPlan } from './plan.ts';
import { createSaidFeeds } from './said-feeds.ts';
import { dropWords, poolWords, takeWords } from './word-feeds.ts';

/** What a graph is fed besides the parameters, in arrays that the next call reuses. */
export interface Feeds {
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Have the gradients of the gathered rows written into these. */
  readonly into: Readonly<Record<string, Tensor>>;
  /** With a step, draws what is dropped; of the step alone, so that a resumed training draws the same. */
  fill(examples: Examples, batch: Batch, step?: number): void;
  /** Passes the gradients in `into` on to the tables. */
  learn(): void;
}

/** Arrays for one bucket. Rows that a batch does not fill have weight 0. */
export function createFeeds(
  plan: TrainingPlan,
  adamW: AdamW,
  { length, saidSlots }: Pick<Bucket, 'length' | 'saidSlots'>,
): Feeds {
  const { batchSize: B, classCount: C, dropout } = plan;
  const tensor = (...dims: readonly number[]) =>
    createTensor('float32', dims, new Float32Array(dims.reduce((size, dim) => size * dim, 1)));
  const targets = tensor(B, C);
  const rowWeights = tensor(B);
  const kept = dropout && tensor(B, dropout.width);

  const said = saidSlots === undefined ? undefined : createSaidFeeds(saidSlots);
  const embeddings = plan.tokenTable?.initial ?? plan.frozenTable;
  const learned = plan.tokenTable && adamW.tables[TOKEN_TABLE]; // made of the same plan
  const tokens = embeddings && {
    table: learned ?? createFrozenTable(embeddings),
    ids: new Int32Array(B * length),
    mask: tensor(B, length),
    rows: tensor(B, length, embeddings.dims[1]!),
    ...(learned ? { gradient: tensor(B, length, embeddings.dims[1]!) } : {}),
    ...(plan.examples.tokens?.words ? { pooling: tensor(B, length, length) } : {}),
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

  function drop(rng: Rng): void {
    if (!dropout || !kept) return;
    const scale = 1 / (1 - dropout.ratio);
    for (let i = 0; i < kept.data.length; i++)
      kept.data[i] = rng.next() < dropout.ratio ? 0 : scale;
  }

  return {
    tensors: {
      targets,
      rowWeights,
      ...(kept ? { kept } : {}),
      ...(tokens ? { rows: tokens.rows, mask: tokens.mask } : {}),
      ...(tokens?.pooling ? { pooling: tokens.pooling } : {}),
      ...(ngrams ? { sums: ngrams.sums } : {}),
      ...said?.tensors,
    },
    into: {
      ...(tokens?.gradient ? { 'd rows': tokens.gradient } : {}),
      ...(ngrams ? { 'd sums': ngrams.gradient } : {}),
    },
    fill(examples, { rows }, step) {
      const rng = step === undefined ? undefined : createRng(seedOf(~plan.seed, step));
      fillTargets(examples, rows);
      if (rng) drop(rng);
      said?.fill(examples, rows, length);
      if (tokens && examples.tokens) {
        const { starts, ids } = examples.tokens;
        tokens.ids.fill(-1);
        // Places that the batch leaves empty repeat its first row: a text without tokens has no mean.
        for (let b = 0; b < B; b++) {
          const row = rows[b] ?? rows[0]!;
          const end = Math.min(starts[row + 1]!, starts[row]! + length);
          tokens.ids.set(ids.subarray(starts[row]!, end), b * length);
        }
        tokens.ids.forEach((id, i) => {
          tokens.mask.data[i] = id < 0 ? 0 : 1;
        });
        const { words } = examples.tokens;
        if (words && tokens.pooling) {
          const wordsOf = takeWords({ starts, words }, rows, length);
          poolWords(wordsOf, tokens.pooling);
          if (rng && plan.wordDropout)
            dropWords(wordsOf, tokens.ids, length, plan.wordDropout, rng);
        }
        tokens.table.gather(tokens.ids, tokens.rows.data);
      }
      if (ngrams && examples.ngrams) {
        const isKept = () => !rng || !plan.ngramDropout || rng.next() >= plan.ngramDropout;
        bags = takeBags(examples.ngrams, rows, B, isKept);
        ngrams.table.gatherSums(bags, ngrams.sums.data);
      }
    },
    learn() {
      if (tokens?.gradient) learned?.addGradient(tokens.ids, tokens.gradient.data);
      ngrams?.table.addSumsGradient(bags, ngrams.gradient.data);
    },
  };
}

/** The entries of some rows that are kept; rows beyond them have none. */
function takeBags(
  { starts, ids, weights }: NonNullable<Examples['ngrams']>,
  rows: readonly number[],
  batchSize: number,
  isKept: () => boolean,
): Bags {
  const most = rows.reduce((sum, row) => sum + starts[row + 1]! - starts[row]!, 0);
  const own = { starts: new Int32Array(batchSize + 1), ids: new Int32Array(most) };
  const ownWeights = new Float32Array(most);
  let filled = 0;
  for (let b = 0; b < batchSize; b++) {
    const row = rows[b];
    for (
      let k = row === undefined ? 0 : starts[row]!;
      row !== undefined && k < starts[row + 1]!;
      k++
    ) {
      if (!isKept()) continue;
      own.ids[filled] = ids[k]!;
      ownWeights[filled++] = weights[k]!;
    }
    own.starts[b + 1] = filled;
  }
  return { ...own, weights: ownWeights };
}
