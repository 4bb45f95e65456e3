import { fromTensorProto } from '../../../onnx/protobuf/tensor-proto.ts';
import { scanModel } from '../../../onnx/scan.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import { toOnnx } from './graph.ts';

/** Both machines of the student. Shapes: emissions [F, T], headModel [n-grams, columns of the heads] */
export interface Tables {
  readonly emissions: LinearModel;
  readonly headModel: LinearModel;
}

/** How large they must be to go with the student's lists. */
interface Sizes {
  readonly wordFeatureCount: number;
  readonly tagCount: number;
  readonly textFeatureCount: number;
  readonly columns: number;
}

/**
 * The weights inside a model that is, byte for byte, what `toOnnx` writes of them: such a model says what the sums
 * over its tables say, without ONNX Runtime, whose run costs several times as much for one text. Undefined for any
 * other model, and for one of other sizes.
 * @throws AppError `onnx.malformed`, `onnx.unsafe`
 */
export function readTables(bytes: Uint8Array, sizes: Sizes): Tables | undefined {
  const proto = scanModel(bytes).model.graph!; // scanned models have a graph
  const tensors = new Map(proto.initialisers.map((own) => [own.name ?? '', own]));

  function readMachine(prefix: string, rows: number, columns: number): LinearModel | undefined {
    const weights = tensors.get(`${prefix}weights`);
    const biases = tensors.get(`${prefix}biases`);
    if (!weights || !biases) return undefined;
    const [table, offsets] = [fromTensorProto(weights).data, fromTensorProto(biases).data];
    if (!(table instanceof Float32Array) || !(offsets instanceof Float32Array)) return undefined;
    if (table.length !== Math.max(1, rows) * columns || offsets.length !== columns)
      return undefined;
    return { weights: table, biases: offsets, classCount: columns };
  }

  const emissions = readMachine('word_', sizes.wordFeatureCount, sizes.tagCount);
  const headModel = readMachine('', sizes.textFeatureCount, sizes.columns);
  if (!emissions || !headModel) return undefined;
  const written = toOnnx(emissions, headModel, 'full');
  return Buffer.compare(written, bytes) === 0 ? { emissions, headModel } : undefined;
}
