import { int64, type Tensor } from '../../../onnx/tensor.ts';
import type { ImportedModel } from '../imported/imported-model.ts';

/** The sizes of a value in a batch [B, L]. */
type ShapeRule = (batch: number, length: number) => readonly number[];

/** Two batches by which the part of B and of L in a size is told: no two of their ratios are equal. */
export const ruleBatches = [
  { batch: 2, length: 5 },
  { batch: 3, length: 7 },
] as const;

/**
 * How sizes follow from the batch: each is a number times 1, B, L or B L. Values of which one follows otherwise, such
 * as by L², are left out. Shapes: one run for each of `ruleBatches`.
 */
export function learnShapes(
  runs: readonly Readonly<Record<string, Tensor>>[],
): ReadonlyMap<string, ShapeRule> {
  const [first = {}, second = {}] = runs;
  const rules = new Map<string, ShapeRule>();
  for (const [name, { dims }] of Object.entries(first)) {
    const others = second[name]?.dims ?? [];
    const sizes = dims.map((dim, axis) => ruleOf(dim, others[axis] ?? -1));
    if (sizes.every((rule) => rule !== undefined))
      rules.set(name, (batch, length) => sizes.map((rule) => rule!(batch, length))); // just looked at
  }
  return rules;
}

function ruleOf(
  first: number,
  second: number,
): ((batch: number, length: number) => number) | undefined {
  const factors: readonly ((batch: number, length: number) => number)[] = [
    () => 1,
    (batch) => batch,
    (_, length) => length,
    (batch, length) => batch * length,
  ];
  const [a, b] = ruleBatches;
  const factor = factors.find(
    (of) =>
      first % of(a.batch, a.length) === 0 &&
      first / of(a.batch, a.length) === second / of(b.batch, b.length),
  );
  if (!factor) return undefined;
  const times = first / factor(a.batch, a.length);
  return (batch, length) => times * factor(batch, length);
}

/** A model whose `Shape` nodes are answered by the rules: what follows from them needs no run of the layers. */
export function stateShapes(
  model: ImportedModel,
  rules: ReadonlyMap<string, ShapeRule>,
  { batch, length }: { readonly batch: number; readonly length: number },
): ImportedModel {
  const tensors = new Map(model.tensors);
  const nodes = model.nodes.filter(({ type, inputs, outputs, attributes }) => {
    const rule = rules.get(inputs[0] ?? '');
    if (type !== 'Shape' || !rule || Object.keys(attributes).length > 0) return true;
    const dims = rule(batch, length);
    tensors.set(outputs[0] ?? '', int64([dims.length], dims));
    return false;
  });
  return { ...model, nodes, tensors };
}
