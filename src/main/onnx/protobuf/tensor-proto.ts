import { AppError } from '../../../shared/errors.ts';
import {
  type ArrayOf,
  type DataType,
  dataTypeOfCode,
  dataTypes,
  sizeOf,
  type Tensor,
} from '../tensor.ts';
import type { Draft, Message } from './schema.ts';

/** A tensor as ONNX stores it: little-endian bytes, not copied. */
export function toTensorProto(name: string, tensor: Tensor): Draft<'Tensor'> {
  const { data } = tensor;
  return {
    name,
    dataType: dataTypes[tensor.type].code,
    dims: tensor.dims,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

/**
 * Reads a tensor from raw bytes or from its typed field.
 * @throws AppError `onnx.malformed` when the data does not fill the shape, `onnx.unsafe` for data in other files
 */
export function fromTensorProto(proto: Message<'Tensor'>): Tensor {
  const name = proto.name ?? 'without a name';
  if (proto.externalData.length > 0 || proto.dataLocation === 1)
    throw new AppError(
      'onnx.unsafe',
      `The weight ${name} lies in another file, which Stillroom does not follow. Save the model as one file.`,
    );
  const type = dataTypeOfCode(proto.dataType ?? 0);
  if (proto.dims.some((dim) => dim < 0)) throw malformed(name, 'has a negative size');
  const { rawData } = proto;
  const data = rawData === undefined ? fromTypedField(type, proto) : fromRaw(type, rawData, name);
  if (data.length !== sizeOf(proto.dims))
    throw malformed(name, `has shape [${proto.dims.join(', ')}] and ${data.length} values`);
  return { type, dims: proto.dims, data };
}

function fromRaw(type: DataType, raw: Uint8Array, name: string): ArrayOf[DataType] {
  const { array } = dataTypes[type];
  if (raw.length % array.BYTES_PER_ELEMENT !== 0) throw malformed(name, 'is cut off');
  // A typed array must begin at a multiple of its width; otherwise the bytes are copied.
  const bytes = raw.byteOffset % array.BYTES_PER_ELEMENT === 0 ? raw : new Uint8Array(raw);
  return new array(
    bytes.buffer as ArrayBuffer, // a view of the file's bytes, which are never shared memory
    bytes.byteOffset,
    bytes.length / array.BYTES_PER_ELEMENT,
  );
}

function fromTypedField(type: DataType, proto: Message<'Tensor'>): ArrayOf[DataType] {
  if (type === 'float32') return proto.floatData;
  if (type === 'float64') return proto.doubleData;
  if (type === 'int64') return proto.int64Data;
  return dataTypes[type].array.from(proto.int32Data);
}

function malformed(name: string, why: string): AppError {
  return new AppError(
    'onnx.malformed',
    `The weight ${name} ${why}. Nothing was loaded; export or download the model again.`,
  );
}
