import type { ImportedModel, ModelNode } from './imported-model.ts';

/** Who makes and who reads each value of a model: what matching a pattern needs. */
export interface Patterns {
  /** The node of one of these types that makes a value. */
  maker(name: string | undefined, ...types: readonly string[]): ModelNode | undefined;
  /** The only node that reads a value, if it is of this type. */
  onlyReader(name: string | undefined, type: string): ModelNode | undefined;
  /** The number that a value holds, if it is a constant of one element. */
  number(name: string | undefined): number | undefined;
  /** Whether a value is a weight: a constant vector or more. */
  isWeight(name: string | undefined): boolean;
  /** The input of a node of two that is not `name`. */
  other(node: ModelNode | undefined, name: string | undefined): string | undefined;
  /** Whether a reduction folds the last axis alone and keeps it as size 1. */
  isOverLastAxis(node: ModelNode, rank: number | undefined): boolean;
}

/** Indexes a model. */
export function indexPatterns(model: ImportedModel): Patterns {
  const makers = new Map(model.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  const readers = new Map<string, ModelNode[]>();
  for (const node of model.nodes)
    for (const name of new Set(node.inputs)) {
      const others = readers.get(name) ?? [];
      readers.set(name, [...others, node]);
    }
  const results = new Set(model.outputs);

  return {
    maker(name, ...types) {
      const node = makers.get(name ?? '');
      return node && types.includes(node.type) ? node : undefined;
    },
    onlyReader(name, type) {
      const [reader, second] = readers.get(name ?? '') ?? [];
      const isOnly = reader?.type === type && !second && !results.has(name ?? '');
      return isOnly ? reader : undefined;
    },
    number(name) {
      const tensor = model.tensors.get(name ?? '');
      return tensor?.data.length === 1 ? Number(tensor.data[0]) : undefined;
    },
    isWeight: (name) => (model.tensors.get(name ?? '')?.dims.length ?? 0) > 0,
    other(node, name) {
      const [a, b] = node?.inputs ?? [];
      return a === name ? b : b === name ? a : undefined;
    },
    isOverLastAxis({ inputs, attributes }, rank) {
      const axes = Array.from(model.tensors.get(inputs[1] ?? '')?.data ?? [], Number);
      const isLast = axes.length === 1 && (axes[0] === -1 || axes[0] === (rank ?? 0) - 1);
      return isLast && (attributes.keepdims ?? 1) === 1;
    },
  };
}
