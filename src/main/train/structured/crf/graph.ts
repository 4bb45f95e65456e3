import { createGraph, type Graph } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { buildLinear } from '../../students/linear/graph.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import type { Variant } from '../../students/student.ts';

/**
 * The student's scores as ONNX. Inputs: `word_indices`, `word_values` [W, m], the features of each word of one or
 * more texts, and `indices`, `values` [B, n], the n-grams of each text; all padded with index 0 and value 0.
 * Outputs: `emissions` [W, T] and `scores` [B, columns of the heads].
 */
export function toOnnx(emissions: LinearModel, heads: LinearModel, variant: Variant): Uint8Array {
  const graph = createGraph('stillroom-crf');
  for (const [name, value] of Object.entries(buildScores(graph, emissions, heads, variant)))
    graph.output(name, value);
  return toModel(graph);
}

/** Appends both machines with their inputs to a graph. */
export function buildScores(
  graph: Graph,
  emissions: LinearModel,
  heads: LinearModel,
  variant: Variant,
) {
  const wordIndices = graph.input('word_indices', 'int64', ['W', 'm']);
  const wordValues = graph.input('word_values', 'float32', ['W', 'm']);
  const indices = graph.input('indices', 'int64', ['B', 'n']);
  const values = graph.input('values', 'float32', ['B', 'n']);
  return {
    emissions: buildLinear(emissions, wordIndices, wordValues, variant, 'word_'),
    scores: buildLinear(heads, indices, values, variant),
  };
}
