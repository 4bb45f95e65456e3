import { AppError } from '../../../../shared/errors.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import { type ImportedModel, tellNode } from './imported-model.ts';

/** A model that begins with embedding rows instead of ids. */
export interface CutModel {
  readonly model: ImportedModel;
  readonly embeddings: Tensor<'float32'>;
  /** The name of the value that the rows take the place of. */
  readonly rowsName: string;
}

/** What may be asked of an encoder's ids besides their rows: their shape, and whether they are padding. */
const harmlessReaders: readonly string[] = ['Shape', 'Size', 'Equal', 'Not', 'Greater', 'Cast'];

/**
 * Takes the look-up of the ids' rows out of the model; `harmless` names the operators that may read the ids besides.
 * @throws AppError `onnx.unsupported`
 */
export function cutEmbedding(
  model: ImportedModel,
  harmless: readonly string[] = harmlessReaders,
): CutModel {
  const readers = model.nodes.filter(({ inputs }) => inputs.includes('input_ids'));
  const lookUps = readers.filter(({ type, inputs }) => {
    const table = model.tensors.get(inputs[0] ?? '');
    return type === 'Gather' && table?.type === 'float32' && table.dims.length === 2;
  });
  const [lookUp, second] = lookUps;
  const stranger = readers.find((node) => !lookUps.includes(node) && !harmless.includes(node.type));
  if (!lookUp || second || stranger)
    throw new AppError(
      'onnx.unsupported',
      `The model does not begin with one table of token vectors (${
        stranger ? `${tellNode(stranger)} reads the ids` : `${lookUps.length} look-ups`
      }), so it cannot be trained here. Use a plain fp32 export of it.`,
    );
  const tableName = lookUp.inputs[0] ?? '';
  const table = model.tensors.get(tableName) as Tensor<'float32'>; // the filter above saw its type
  return {
    model: { ...model, nodes: model.nodes.filter((node) => node !== lookUp) },
    embeddings: table,
    rowsName: lookUp.outputs[0] ?? '',
  };
}
