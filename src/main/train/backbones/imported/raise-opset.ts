import { AppError } from '../../../../shared/errors.ts';
import { int64, type Tensor } from '../../../onnx/tensor.ts';
import { fillName, type ImportedModel, type ModelNode } from './imported-model.ts';

/** Opsets whose operators mean what ours do, after the changes below. */
const oldest = 11;
const newest = 23;

/** Adds a constant to the model and gives its name. */
type Keep = (name: string, tensor: Tensor) => string;
type Change = (node: ModelNode, keep: Keep, opset: number) => ModelNode;

/** Before `since`, what is now the second input was an attribute. */
const attributeToInput =
  (attribute: string, since: number): Change =>
  (node, keep, opset) => {
    const { [attribute]: numbers, ...attributes } = node.attributes;
    if (opset >= since || !Array.isArray(numbers)) return node;
    const name = keep(`${node.outputs[0]}/${attribute}`, int64([numbers.length], numbers));
    return { ...node, inputs: [node.inputs[0] ?? '', name], attributes };
  };

/** Before opset 13 the axis was 1 by default and later axes were flattened into it. */
const softmax: Change = (node, _keep, opset) =>
  opset >= 13 ? node : { ...node, attributes: { axis: 1, ...node.attributes } };

const without =
  (...names: readonly string[]): Change =>
  (node) => ({
    ...node,
    attributes: Object.fromEntries(
      Object.entries(node.attributes).filter(([name]) => !names.includes(name)),
    ),
  });

const split: Change = (node, keep, opset) => {
  const changed = attributeToInput('split', 13)(node, keep, opset);
  return changed.inputs.length > 1 || 'num_outputs' in changed.attributes
    ? changed
    : { ...changed, attributes: { ...changed.attributes, num_outputs: node.outputs.length } };
};

/** ONNX has Gelu since opset 20; the runtime's own, which we compile, is older. */
const gelu: Change = (node) => {
  const isExact = (node.attributes.approximate ?? 'none') === 'none';
  return isExact ? { ...node, domain: 'com.microsoft', attributes: {} } : node;
};

const fill: Change = ({ name, inputs, outputs, domain }) => ({
  name,
  type: 'Expand',
  domain,
  inputs: [fillName(outputs[0] ?? ''), inputs[0] ?? ''],
  outputs,
  attributes: {},
});

const changes: Readonly<Record<string, Change>> = {
  Cast: without('saturate'),
  ConstantOfShape: fill,
  Gelu: gelu,
  LogSoftmax: softmax,
  ReduceL2: attributeToInput('axes', 18),
  ReduceMax: attributeToInput('axes', 18),
  ReduceMean: attributeToInput('axes', 18),
  ReduceMin: attributeToInput('axes', 18),
  ReduceProd: attributeToInput('axes', 18),
  ReduceSum: attributeToInput('axes', 13),
  // Tells what a 0 in the shape means; shapes that we reshape to have none.
  Reshape: without('allowzero'),
  Softmax: softmax,
  Split: split,
  Squeeze: attributeToInput('axes', 13),
  Unsqueeze: attributeToInput('axes', 13),
};

/** Rewrites the operators of another opset as those that the compiler knows. @throws AppError `onnx.unsupported` */
export function raiseOpset(model: ImportedModel): ImportedModel {
  const { opset } = model;
  if (opset < oldest || opset > newest)
    throw new AppError(
      'onnx.unsupported',
      `The model is of ONNX opset ${opset}; Stillroom reads ${oldest} to ${newest}. Export it again with opset 17.`,
    );
  const tensors = new Map(model.tensors);
  const keep: Keep = (name, tensor) => {
    tensors.set(name, tensor);
    return name;
  };
  const nodes = model.nodes.map((node) => changes[node.type]?.(node, keep, opset) ?? node);
  return { ...model, nodes, tensors };
}
