import { AppError } from '../../../../shared/errors.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import type { EncoderModel } from './encoder-model.ts';

/** An encoder that begins with embedding rows instead of ids. */
export interface CutEncoder {
  readonly model: EncoderModel;
  readonly embeddings: Tensor<'float32'>;
  /** The name of the value that the rows take the place of. */
  readonly rowsName: string;
}

/** What may be asked of the ids besides their rows: their shape, and whether they are padding. */
const harmlessReaders: readonly string[] = ['Shape', 'Size', 'Equal', 'Not', 'Greater', 'Cast'];

/** Takes the look-up of the ids' rows out of the model. @throws AppError `onnx.unsupported` */
export function cutEmbedding(model: EncoderModel): CutEncoder {
  const readers = model.nodes.filter(({ inputs }) => inputs.includes('input_ids'));
  const lookUps = readers.filter(({ type, inputs }) => {
    const table = model.tensors.get(inputs[0] ?? '');
    return type === 'Gather' && table?.type === 'float32' && table.dims.length === 2;
  });
  const [lookUp, second] = lookUps;
  const stranger = readers.find(
    (node) => !lookUps.includes(node) && !harmlessReaders.includes(node.type),
  );
  if (!lookUp || second || stranger)
    throw new AppError(
      'onnx.unsupported',
      `The encoder does not begin with one table of token vectors (${
        stranger ? `${stranger.type} reads the ids` : `${lookUps.length} look-ups`
      }), so it cannot be trained here. Use a BERT-like encoder in fp32.`,
    );
  const tableName = lookUp.inputs[0] ?? '';
  const table = model.tensors.get(tableName) as Tensor<'float32'>; // the filter above saw its type
  return {
    model: { ...model, nodes: model.nodes.filter((node) => node !== lookUp) },
    embeddings: table,
    rowsName: lookUp.outputs[0] ?? '',
  };
}
