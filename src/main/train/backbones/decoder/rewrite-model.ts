import { AppError } from '../../../../shared/errors.ts';
import type { ValueType } from '../../../onnx/graph/shape.ts';
import { float32, int64, type Tensor } from '../../../onnx/tensor.ts';
import { type ImportedModel, type ModelNode, tellNode } from '../imported/imported-model.ts';
import type { Cache } from './cache.ts';
import { rewrites } from './rewrites/index.ts';
import type { Draft } from './rewrites/rewrite.ts';

/**
 * A decoder in operators through which gradients flow, for texts that begin at their first token: what fused operators
 * do is written out, and keys and values of a past are left out.
 * @throws AppError `onnx.unsupported`, naming the node
 */
export function rewriteModel(
  model: ImportedModel,
  types: ReadonlyMap<string, ValueType>,
  cache: Cache,
): ImportedModel {
  const tensors = new Map(model.tensors);
  const makers = new Map(model.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  const nodes: ModelNode[] = [];
  let count = 0;

  function draftOf(original: ModelNode): Draft {
    const constant = (tensor: Tensor) => {
      const name = `rewritten/${count++}`;
      tensors.set(name, tensor);
      return name;
    };
    const make: Draft['make'] = (output, type, inputs, attributes = {}) =>
      void nodes.push({
        name: original.name,
        type,
        domain: '',
        inputs,
        outputs: [output],
        attributes,
      });
    return {
      constant,
      scalar: (value) => constant(float32([], [value])),
      integers: (values) => constant(int64([values.length], values)),
      make,
      add(type, inputs, attributes) {
        const output = `rewritten/${count++}`;
        make(output, type, inputs, attributes);
        return output;
      },
      dims: (name) => tensors.get(name)?.dims ?? [],
      rank: (name) => types.get(name)?.shape.length ?? model.tensors.get(name)?.dims.length,
      isFloat: (name) => (types.get(name) ?? model.tensors.get(name))?.type === 'float32',
      isPast: (name) => cache.inputs.includes(name),
      headWidth: () => cache.width,
      maker: (name) => makers.get(name),
      refuse(why) {
        throw new AppError(
          'onnx.unsupported',
          `The model uses ${tellNode(original)}, which ${why}; Stillroom cannot train through that. Use a plain fp32 export of it.`,
        );
      },
    };
  }

  for (const node of model.nodes) {
    const rewrite = rewrites[node.domain ? `${node.domain}.${node.type}` : node.type];
    if (!rewrite?.(node, draftOf(node))) nodes.push(node);
  }
  return { ...model, nodes, tensors };
}
