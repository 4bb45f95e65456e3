import { AppError } from '../../../shared/errors.ts';
import {
  type Draft,
  fieldsOf,
  isMessageName,
  type MessageName,
  type ScalarName,
} from './schema.ts';
import { arrays, DELIMITED, isPackedArray, VARINT, wireTypes } from './wire.ts';

/** Protocol Buffers' own limit on one message. */
const MAX_BYTES = 2 ** 31 - 1;

/** Bytes in pieces, so that weights are copied once, at the very end. */
interface Pieces {
  readonly parts: Uint8Array[];
  length: number;
}

/** Writes an ONNX model. @throws AppError `onnx.unsupported` above 2 GB */
export function encodeModel(model: Draft<'Model'>): Uint8Array {
  const { parts, length } = toPieces('Model', model as Readonly<Record<string, unknown>>);
  if (length > MAX_BYTES)
    throw new AppError(
      'onnx.unsupported',
      `The model takes ${length} bytes and the ONNX format ends at 2 GB. Nothing was written; choose a smaller student.`,
    );
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function toPieces(name: MessageName, message: Readonly<Record<string, unknown>>): Pieces {
  const pieces: Pieces = { parts: [], length: 0 };
  for (const [key, { id, type, isRepeated }] of Object.entries(fieldsOf(name))) {
    const value = message[key];
    if (value === undefined) continue;
    if (!isRepeated) writeField(pieces, id, type, value);
    else if (isPackedArray(type) || type === 'safe64')
      // Repeated numbers are arrays by the table's types.
      writeNumbers(pieces, id, type as ScalarName, value as ArrayLike<number | bigint>);
    else for (const item of value as readonly unknown[]) writeField(pieces, id, type, item);
  }
  return pieces;
}

function writeField(pieces: Pieces, id: number, type: string, value: unknown): void {
  if (isMessageName(type)) {
    const nested = toPieces(type, value as Readonly<Record<string, unknown>>); // a message by the table
    push(pieces, varints([(id << 3) | DELIMITED, nested.length]));
    for (const part of nested.parts) push(pieces, part);
    return;
  }
  const scalar = type as ScalarName; // what is not a message in the table is a scalar
  const wire = wireTypes[scalar];
  if (wire === DELIMITED) {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : (value as Uint8Array);
    push(pieces, varints([(id << 3) | DELIMITED, bytes.length]));
    push(pieces, bytes);
  } else {
    push(pieces, varints([(id << 3) | wire]));
    push(pieces, toNumbers(scalar, [value as number | bigint]));
  }
}

function writeNumbers(
  pieces: Pieces,
  id: number,
  type: ScalarName,
  values: ArrayLike<number | bigint>,
): void {
  if (values.length === 0) return;
  const packed = toNumbers(type, values);
  push(pieces, varints([(id << 3) | DELIMITED, packed.length]));
  push(pieces, packed);
}

function toNumbers(type: ScalarName, values: ArrayLike<number | bigint>): Uint8Array {
  if (wireTypes[type] === VARINT) return varints(values);
  const floats = arrays[type as 'float' | 'double'].from(values as ArrayLike<number>); // the two that are not varints
  return new Uint8Array(floats.buffer);
}

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function varints(values: ArrayLike<number | bigint>): Uint8Array {
  const bytes = new Uint8Array(values.length * 10);
  let offset = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let low = typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : value >>> 0;
    let high =
      typeof value === 'bigint'
        ? Number(BigInt.asUintN(32, value >> 32n))
        : Math.floor(value / 2 ** 32) >>> 0;
    while (high !== 0 || low > 0x7f) {
      bytes[offset++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    bytes[offset++] = low;
  }
  return bytes.subarray(0, offset);
}

function push(pieces: Pieces, part: Uint8Array): void {
  pieces.parts.push(part);
  pieces.length += part.length;
}
