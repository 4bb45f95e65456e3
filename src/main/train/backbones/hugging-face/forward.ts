import { AppError } from '../../../../shared/errors.ts';
import { scalar } from '../../../onnx/graph/apply.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import type { Dim, ValueType } from '../../../onnx/graph/shape.ts';
import { add } from '../../../onnx/operators/add.ts';
import { cast } from '../../../onnx/operators/cast.ts';
import { clip } from '../../../onnx/operators/clip.ts';
import { div } from '../../../onnx/operators/div.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { reduceL2 } from '../../../onnx/operators/reduce-l2.ts';
import { reduceSum } from '../../../onnx/operators/reduce-sum.ts';
import { slice } from '../../../onnx/operators/slice.ts';
import { squeeze } from '../../../onnx/operators/squeeze.ts';
import { unsqueeze } from '../../../onnx/operators/unsqueeze.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../backbone.ts';
import { compileNodes, typesOf } from '../imported/compile-nodes.ts';
import type { CutModel } from '../imported/cut-embedding.ts';
import type { ImportedModel } from '../imported/imported-model.ts';
import { operatorOf, type Trace } from '../imported/trace.ts';
import { padTexts } from '../token-batch.ts';
import { probe } from './probe.ts';

/** What is known of an encoder once it is read. */
export interface ReadEncoder {
  readonly original: Message<'Model'>;
  readonly encoder: CutModel;
  readonly traced: Trace;
  readonly types: ReadonlyMap<string, ValueType>;
  readonly padId: number;
  readonly pooling: 'first' | 'mean';
}

const outputNames = ['last_hidden_state', 'token_embeddings', 'hidden_states', 'output'];

/** The name of the output with one vector a token. @throws AppError `onnx.unsupported` */
export function tokenVectorsOf(
  { outputs }: ImportedModel,
  types: ReadonlyMap<string, ValueType>,
): string {
  const candidates = outputs.filter((name) => {
    const type = types.get(name);
    return type?.type === 'float32' && type.shape.length === 3;
  });
  const found = outputNames.find((name) => candidates.includes(name)) ?? candidates[0];
  if (found === undefined)
    throw new AppError(
      'onnx.unsupported',
      'The encoder gives no vector for each token. Export it for feature extraction (last_hidden_state).',
    );
  return found;
}

/** The forward pass of an encoder that was read from a folder. */
export function createEncoderForward(read: ReadEncoder): Backbone['buildForward'] {
  const { encoder, traced, padId, pooling } = read;
  return async ({ rows, mask, parameter, multiply }) => {
    const [batch, length] = mask.shape as [Dim, Dim]; // [B, L]
    const isFixed = typeof batch === 'number' && typeof length === 'number';
    const folded = isFixed ? await foldShape(read, batch, length) : undefined;
    const attention = cast(mask, 'int64');
    const tokens = compileNodes(encoder, traced, {
      graph: rows.graph,
      parameter,
      multiply,
      given: new Map([
        [encoder.rowsName, rows],
        ['attention_mask', attention],
        // What still asks for ids only asks whether they are padding.
        ['input_ids', add(attention, scalar(attention, padId))],
        ['token_type_ids', mul(attention, scalar(attention, 0))],
      ]),
      types: withBatch(folded?.types ?? read.types, encoder, batch, length),
      ...(folded && { constants: folded.constants }),
    });
    return { tokens, sentence: pooling === 'first' ? first(tokens) : mean(tokens, mask) };
  };
}

/** What the batch's shape decides inside an encoder, computed by the original. */
async function foldShape(
  { original, encoder, traced: { shapeValues }, padId }: ReadEncoder,
  batch: number,
  length: number,
): Promise<{
  readonly constants: Readonly<Record<string, Tensor>>;
  readonly types: ReadonlyMap<string, ValueType>;
}> {
  const names = new Set<string>();
  for (const node of encoder.model.nodes) {
    if (node.outputs.every((name) => shapeValues.has(name))) continue;
    for (const name of node.inputs) if (shapeValues.has(name)) names.add(name);
    if (!operatorOf(node)) for (const name of node.outputs) if (name !== '') names.add(name);
  }
  const full = Array.from({ length: batch }, () => new Int32Array(length).fill(padId + 1));
  const [values = {}] = await probe(original, [...names], [padTexts(full, length)], padId);
  const constants = Object.entries(values).filter(([name]) => shapeValues.has(name));
  return { constants: Object.fromEntries(constants), types: typesOf([values]) };
}

/** The result has the names of the batch's own sizes. */
function withBatch(
  types: ReadonlyMap<string, ValueType>,
  { model }: CutModel,
  batch: Dim,
  length: Dim,
): ReadonlyMap<string, ValueType> {
  const [output = ''] = model.outputs;
  const type = types.get(output);
  const width = type?.shape[2];
  if (!type || width === undefined) return types;
  return new Map([...types, [output, { ...type, shape: [batch, length, width] }]]);
}

/** The first token's vector, of length 1. Shapes: [B, L, D] -> [B, D]. */
const first = (tokens: Value) => normalise(squeeze(slice(tokens, 0, 1, 1), [1]));

/** The mean of the tokens' vectors, of length 1. Shapes: [B, L, D], [B, L] -> [B, D]. */
function mean(tokens: Value, mask: Value): Value {
  const sum = squeeze(matMul(unsqueeze(mask, [1]), tokens), [1]);
  return normalise(div(sum, clip(reduceSum(mask, [1]), scalar(mask, 1))));
}

const normalise = (x: Value) => div(x, clip(reduceL2(x, [1]), scalar(x, 1e-12)));
