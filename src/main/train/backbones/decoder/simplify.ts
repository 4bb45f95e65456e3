import { AppError } from '../../../../shared/errors.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import { type ImportedModel, type ModelNode, tellNode } from '../imported/imported-model.ts';
import { operatorOf } from '../imported/trace.ts';

/** Takes out nodes that only give a value another name. */
export function dropIdentities(model: ImportedModel): ImportedModel {
  const aliases = new Map<string, string>();
  const real = (name: string): string => aliases.get(name) ?? name;
  const nodes: ModelNode[] = [];
  for (const node of model.nodes) {
    const inputs = node.inputs.map(real);
    if (node.type === 'Identity') aliases.set(node.outputs[0] ?? '', inputs[0] ?? '');
    else nodes.push({ ...node, inputs });
  }
  return { ...model, nodes, outputs: model.outputs.map(real) };
}

/** Transposes matrices once, instead of in each run; tells which of them were. */
export function foldTransposes(model: ImportedModel): {
  readonly model: ImportedModel;
  readonly transposed: ReadonlyMap<string, string>;
} {
  const tensors = new Map(model.tensors);
  const transposed = new Map<string, string>();
  const nodes = model.nodes.filter(({ type, inputs: [input = ''], outputs: [output = ''] }) => {
    const tensor = tensors.get(input);
    if (type !== 'Transpose' || tensor?.type !== 'float32' || tensor.dims.length !== 2) return true;
    tensors.set(output, transpose(tensor as Tensor<'float32'>)); // just looked at
    transposed.set(output, input);
    return false;
  });
  return { model: { ...model, nodes, tensors }, transposed };
}

/** Shapes: [R, C] -> [C, R] */
export function transpose({ dims, data }: Tensor<'float32'>): Tensor<'float32'> {
  const [rows, columns] = dims as readonly [number, number]; // a matrix
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c]!;
  return createTensor('float32', [columns, rows], turned);
}

/**
 * What vectors of tokens pass through must be known; what only the batch's shape decides is run once as it stands, if
 * ONNX's own operators say it.
 * @throws AppError `onnx.unsupported`, naming the node
 */
export function refuseUnknown({ nodes }: ImportedModel, ofRows: ReadonlySet<string>): void {
  const stranger = nodes.find((node) => {
    const isPassed = node.outputs.some((name) => ofRows.has(name));
    return !operatorOf(node) && (isPassed || node.domain !== '');
  });
  if (stranger)
    throw new AppError(
      'onnx.unsupported',
      `The model uses ${tellNode(stranger)}, which Stillroom does not know there. Use a plain fp32 export of it for text generation.`,
    );
}
