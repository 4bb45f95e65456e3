import { AppError } from '../../../../shared/errors.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import { keepLive } from '../imported/fuse.ts';
import type { ImportedModel } from '../imported/imported-model.ts';

/** The product that turns a token's vector into a score for each token that may follow. */
export interface Head {
  /** Shapes: [D, V] */
  readonly weight: Tensor<'float32'>;
  /** Shapes: [V] */
  readonly bias: Tensor<'float32'> | undefined;
}

/** A model without its head: it gives one vector a token. */
export interface Headless {
  readonly model: ImportedModel;
  readonly head: Head;
}

/** Takes the head off, so that scores are computed only where a training looks. @throws AppError `onnx.unsupported` */
export function cutHead(model: ImportedModel): Headless {
  const weightOf = (name: string | undefined, axes: number) => {
    const tensor = model.tensors.get(name ?? '');
    // A tensor of this type holds such an array.
    return tensor?.type === 'float32' && tensor.dims.length === axes
      ? (tensor as Tensor<'float32'>)
      : undefined;
  };
  const maker = (name: string | undefined) =>
    model.nodes.find(({ outputs }) => outputs[0] !== '' && outputs[0] === name);
  const last = maker(model.outputs[0]);
  const [a, b] = last?.inputs ?? [];
  const bias = last?.type === 'Add' ? (weightOf(a, 1) ?? weightOf(b, 1)) : undefined;
  const product = bias ? maker(weightOf(a, 1) ? b : a) : last;
  const [hidden = ''] = product?.inputs ?? [];
  const weight = product?.type === 'MatMul' ? weightOf(product.inputs[1], 2) : undefined;
  if (!weight)
    throw new AppError(
      'onnx.unsupported',
      'The model does not end with one product that scores the next token, so it cannot be trained here. Use a plain fp32 export of it for text generation.',
    );
  return { model: keepLive({ ...model, outputs: [hidden] }), head: { weight, bias } };
}
