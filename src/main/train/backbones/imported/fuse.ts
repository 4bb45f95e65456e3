import type { ImportedModel, ModelNode } from './imported-model.ts';
import { indexPatterns, type Patterns } from './patterns.ts';

/** Finds the node that one fused operator can stand for, given the node where its pattern begins. */
type Fusion = (start: ModelNode, patterns: Patterns, ranks: Ranks) => ModelNode | undefined;

/** The number of axes of each value. */
export type Ranks = ReadonlyMap<string, number>;

const isNear = (a: number | undefined, b: number) => a !== undefined && Math.abs(a - b) < 1e-4 * b;

/** y = (x - μ) / √(mean((x - μ)²) + ε) γ + β, written out as old exporters do. */
const layerNorm: Fusion = (start, patterns, ranks) => {
  if (start.type !== 'Div') return undefined;
  const [centred, deviation] = start.inputs;
  const x = centredOf(patterns.maker(centred, 'Sub'), patterns, ranks);
  const root = rootOfMeanSquare(patterns.maker(deviation, 'Sqrt'), patterns, ranks);
  if (!x || !root || centredOf(patterns.maker(root.of, 'Sub'), patterns, ranks) !== x)
    return undefined;

  const scaled = patterns.onlyReader(start.outputs[0], 'Mul');
  const scale = patterns.other(scaled, start.outputs[0]);
  const shifted = patterns.onlyReader(scaled?.outputs[0], 'Add');
  const bias = patterns.other(shifted, scaled?.outputs[0]);
  if (!shifted || !scale || !bias) return undefined;
  if (!patterns.isWeight(scale) || !patterns.isWeight(bias)) return undefined;
  return {
    name: start.name,
    type: 'LayerNormalization',
    domain: '',
    inputs: [x, scale, bias],
    outputs: shifted.outputs,
    attributes: { axis: -1, epsilon: root.epsilon },
  };
};

/** y = x / √(mean(x²) + ε) γ, by a division or by the product with 1 / √. */
const rmsNorm: Fusion = (start, patterns, ranks) => {
  const root = rootOfMeanSquare(start, patterns, ranks);
  if (!root) return undefined;
  const normal = quotientBy(start.outputs[0], root.of, patterns);
  const scaled = patterns.onlyReader(normal, 'Mul');
  const scale = patterns.other(scaled, normal);
  if (!scaled || !scale || !patterns.isWeight(scale)) return undefined;
  return {
    name: start.name,
    type: 'SimplifiedLayerNormalization',
    domain: '',
    inputs: [root.of, scale],
    outputs: scaled.outputs,
    attributes: { axis: -1, epsilon: root.epsilon },
  };
};

/** The name of x / d. */
function quotientBy(d: string | undefined, x: string, patterns: Patterns): string | undefined {
  const division = patterns.onlyReader(d, 'Div');
  if (division?.inputs[0] === x) return division.outputs[0];
  const isInverse = division?.inputs[1] === d && patterns.number(division?.inputs[0]) === 1;
  const inverse = isInverse ? division : patterns.onlyReader(d, 'Reciprocal');
  const product = patterns.onlyReader(inverse?.outputs[0], 'Mul');
  return patterns.other(product, inverse?.outputs[0]) === x ? product?.outputs[0] : undefined;
}

/** The x and ε of √(mean(x²) + ε), the mean over the last axis. */
function rootOfMeanSquare(
  root: ModelNode | undefined,
  patterns: Patterns,
  ranks: Ranks,
): { readonly of: string; readonly epsilon: number } | undefined {
  const sum = root?.type === 'Sqrt' ? patterns.maker(root.inputs[0], 'Add') : undefined;
  const [a, b] = sum?.inputs ?? [];
  const epsilon = patterns.number(a) ?? patterns.number(b);
  const mean = patterns.maker(patterns.number(a) === undefined ? a : b, 'ReduceMean');
  if (epsilon === undefined || !mean) return undefined;
  if (!patterns.isOverLastAxis(mean, ranks.get(mean.inputs[0] ?? ''))) return undefined;
  const square = patterns.maker(mean.inputs[0], 'Pow', 'Mul');
  const [base, exponent] = square?.inputs ?? [];
  const isSquare = square?.type === 'Pow' ? patterns.number(exponent) === 2 : base === exponent;
  return isSquare && base ? { of: base, epsilon } : undefined;
}

/** The x of x - mean(x). */
function centredOf(
  subtraction: ModelNode | undefined,
  patterns: Patterns,
  ranks: Ranks,
): string | undefined {
  const [x, mean] = subtraction?.inputs ?? [];
  const average = patterns.maker(mean, 'ReduceMean');
  if (average?.inputs[0] !== x || !average) return undefined;
  return patterns.isOverLastAxis(average, ranks.get(x ?? '')) ? x : undefined;
}

/** y = ½ x (1 + erf(x / √2)), its three factors in any order. */
const gelu: Fusion = (start, patterns) => {
  if (start.type !== 'Erf') return undefined;
  const inner = patterns.maker(start.inputs[0], 'Div', 'Mul');
  const [a, b] = inner?.inputs ?? [];
  const factor = inner?.type === 'Div' ? Math.SQRT2 : Math.SQRT1_2;
  const x = isNear(patterns.number(b), factor)
    ? a
    : inner?.type === 'Mul' && isNear(patterns.number(a), factor)
      ? b
      : undefined;
  const sum = patterns.onlyReader(start.outputs[0], 'Add');
  if (!x || patterns.number(patterns.other(sum, start.outputs[0])) !== 1) return undefined;
  const outputs = productWith(sum?.outputs[0], x, patterns);
  return (
    outputs && {
      name: start.name,
      type: 'Gelu',
      domain: 'com.microsoft',
      inputs: [x],
      outputs,
      attributes: {},
    }
  );
};

/** The outputs of the product of a value, x and ½. */
function productWith(
  value: string | undefined,
  x: string,
  patterns: Patterns,
): readonly string[] | undefined {
  const isHalf = (name: string | undefined) => patterns.number(name) === 0.5;
  const first = patterns.onlyReader(value, 'Mul');
  const factor = patterns.other(first, value);
  const halved = patterns.maker(factor, 'Mul');
  if (halved && isHalf(patterns.other(halved, x))) return first?.outputs;
  const second = patterns.onlyReader(first?.outputs[0], 'Mul');
  const last = patterns.other(second, first?.outputs[0]);
  const isProduct = factor === x ? isHalf(last) : isHalf(factor) && last === x;
  return isProduct ? second?.outputs : undefined;
}

const fusions: readonly Fusion[] = [layerNorm, rmsNorm, gelu];

/**
 * Replaces LayerNorm, RMSNorm and Gelu that are written out by single operators, which are faster forward and keep far less
 * for the backward pass. What the replaced nodes computed is left for `keepLive` to drop.
 */
export function fuse(model: ImportedModel, ranks: Ranks): ImportedModel {
  const patterns = indexPatterns(model);
  const fused = new Map<string, ModelNode>();
  for (const start of model.nodes)
    for (const fusion of fusions) {
      const node = fusion(start, patterns, ranks);
      if (node) fused.set(node.outputs[0] ?? '', node);
    }
  const nodes = model.nodes.map((node) => fused.get(node.outputs[0] ?? '') ?? node);
  return keepLive({ ...model, nodes });
}

/** Drops the nodes that no output needs. */
export function keepLive(model: ImportedModel): ImportedModel {
  const needed = new Set(model.outputs);
  const live = model.nodes.toReversed().filter((node) => {
    const isNeeded = node.outputs.some((name) => needed.has(name));
    if (isNeeded) for (const name of node.inputs) needed.add(name);
    return isNeeded;
  });
  return { ...model, nodes: live.reverse() };
}
