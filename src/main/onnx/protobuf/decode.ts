import { AppError } from '../../../shared/errors.ts';
import {
  fieldsOf,
  isMessageName,
  type Message,
  type MessageName,
  type ScalarName,
  schema,
} from './schema.ts';
import { arrays, DELIMITED, FIXED32, FIXED64, isPackedArray, VARINT, wireTypes } from './wire.ts';

/** Protocol Buffers' own limit is 100; a graph nested in a graph takes three levels. */
const MAX_DEPTH = 60;
/** An object costs far more memory than the two bytes that ask for it, so their number is bounded. */
const MAX_OBJECTS = 4_000_000;
/** Likewise a number of one byte that becomes eight. */
const MAX_VARINTS = 64 * 2 ** 20;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads an ONNX model. Strict on purpose: what another reader could take differently (a single field given twice,
 * a wrong wire type, invalid UTF-8) is refused, so that what was scanned is what ONNX Runtime will load.
 * Tensor bytes are views into `bytes`, not copies. Memory and time are linear in the size of the file.
 * @throws AppError `onnx.malformed`
 */
export function decodeModel(bytes: Uint8Array): Message<'Model'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  let objects = 0;
  let varints = 0;

  function fail(why: string): never {
    throw new AppError(
      'onnx.malformed',
      `This is not a valid ONNX model: at byte ${offset}, ${why}. Nothing was loaded; export or download the model again.`,
      { details: { offset } },
    );
  }

  function countObject(): void {
    if (++objects > MAX_OBJECTS) fail(`it holds more than ${MAX_OBJECTS} parts`);
  }

  /** The two 32-bit halves of a varint, in `low` and `high`. */
  let low = 0;
  let high = 0;
  function readVarint(end: number): void {
    if (++varints > MAX_VARINTS) fail(`it holds more than ${MAX_VARINTS} numbers`);
    low = 0;
    high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (offset >= end) fail('a number is cut off');
      const byte = view.getUint8(offset++);
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) return;
    }
    fail('a number is longer than ten bytes');
  }

  function readLength(end: number): number {
    readVarint(end);
    const length = low >>> 0;
    if (high !== 0 || length > end - offset) fail('a part runs past the end of what holds it');
    return length;
  }

  function readScalar(type: ScalarName, end: number): unknown {
    switch (type) {
      case 'safe64': {
        readVarint(end);
        const value = high * 2 ** 32 + (low >>> 0);
        return Number.isSafeInteger(value) ? value : fail('a size or position is out of range');
      }
      case 'int64':
        readVarint(end);
        return (BigInt(high) << 32n) | BigInt(low >>> 0);
      case 'int32':
        readVarint(end);
        return low;
      case 'float':
        return view.getFloat32(skip(4, end), true);
      case 'double':
        return view.getFloat64(skip(8, end), true);
      case 'string': {
        countObject();
        const text = readBytes(end);
        try {
          return utf8.decode(text);
        } catch {
          return fail('a name is not valid UTF-8');
        }
      }
      case 'bytes':
        countObject();
        return readBytes(end);
    }
  }

  function readBytes(end: number): Uint8Array {
    const length = readLength(end);
    offset += length;
    return bytes.subarray(offset - length, offset);
  }

  /** Steps over a number of fixed size and returns where it began. */
  function skip(size: number, end: number): number {
    if (size > end - offset) fail('a number is cut off');
    offset += size;
    return offset - size;
  }

  function skipUnknown(wire: number, end: number): void {
    if (wire === VARINT) readVarint(end);
    else if (wire === FIXED64) skip(8, end);
    else if (wire === FIXED32) skip(4, end);
    else if (wire === DELIMITED) readBytes(end);
    else fail(`wire type ${wire} does not belong in a model`);
  }

  /** Numbers of a repeated field: one by one, or packed into one part. */
  function readNumbers(type: ScalarName, wire: number, end: number, into: unknown[]): void {
    if (wire === wireTypes[type]) {
      countObject();
      into.push(readScalar(type, end));
      return;
    }
    if (wire !== DELIMITED) fail('a list of numbers has the wrong wire type');
    const length = readLength(end);
    const packedEnd = offset + length;
    if (length > 8 * MAX_OBJECTS && wireTypes[type] === VARINT) fail('a list is too long');
    while (offset < packedEnd) into.push(readScalar(type, packedEnd));
  }

  /** Floats are stored as they lie in memory, so a packed list is one copy. */
  function readPackedFloats(type: 'float' | 'double', end: number): Float32Array | Float64Array {
    const copy = readBytes(end).slice();
    const width = arrays[type].BYTES_PER_ELEMENT;
    if (copy.length % width !== 0) fail('a list of floats is cut off');
    return new arrays[type](copy.buffer, 0, copy.length / width);
  }

  function readMessage(name: MessageName, end: number, depth: number): Record<string, unknown> {
    if (depth > MAX_DEPTH) fail(`parts are nested more than ${MAX_DEPTH} deep`);
    countObject();
    const message: Record<string, unknown> = {};
    const lists = new Map<string, unknown[]>();
    while (offset < end) {
      readVarint(end);
      const wire = low & 7;
      const id = low >>> 3;
      if (high !== 0 || id === 0) fail('a field has no number');
      const found = fieldsById[name].get(id);
      if (!found) {
        skipUnknown(wire, end);
        continue;
      }
      const { key, type, isRepeated } = found;
      if (!isRepeated && Object.hasOwn(message, key)) fail(`${name}.${key} is given twice`);
      if (isMessageName(type) || type === 'string' || type === 'bytes') {
        if (wire !== DELIMITED) fail(`${name}.${key} has the wrong wire type`);
        const value = isMessageName(type) ? readNested(type, end, depth) : readScalar(type, end);
        if (isRepeated) listOf(lists, key).push(value);
        else message[key] = value;
      } else if (!isRepeated) {
        if (wire !== wireTypes[type]) fail(`${name}.${key} has the wrong wire type`);
        message[key] = readScalar(type, end);
      } else if ((type === 'float' || type === 'double') && wire === DELIMITED) {
        if (Object.hasOwn(message, key) || lists.has(key)) fail(`${name}.${key} is given twice`);
        message[key] = readPackedFloats(type, end);
      } else {
        if (Object.hasOwn(message, key)) fail(`${name}.${key} is given twice`);
        readNumbers(type, wire, end, listOf(lists, key));
      }
    }
    if (offset !== end) fail('a part runs past the end of what holds it');
    for (const [key, { type, isRepeated }] of Object.entries(fieldsOf(name)))
      if (isRepeated) message[key] ??= toArray(type, lists.get(key) ?? []);
    return message;
  }

  function readNested(type: MessageName, end: number, depth: number): Record<string, unknown> {
    const length = readLength(end);
    return readMessage(type, offset + length, depth + 1);
  }

  // The table types the message: each field was read as the kind that `Message` derives from the same table.
  return readMessage('Model', bytes.length, 0) as unknown as Message<'Model'>;
}

function listOf(lists: Map<string, unknown[]>, key: string): unknown[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

function toArray(type: string, values: unknown[]): unknown {
  if (!isPackedArray(type)) return values;
  // `readScalar` gave a bigint for int64 and a number for the other three.
  if (type === 'int64') return BigInt64Array.from(values as bigint[]);
  return arrays[type].from(values as number[]);
}

interface KnownField {
  readonly key: string;
  readonly type: ScalarName | MessageName;
  readonly isRepeated: boolean;
}

const fieldsById = Object.fromEntries(
  Object.entries(schema).map(([name, fields]) => [
    name,
    new Map(
      Object.entries(fields).map(([key, { id, type, isRepeated }]): [number, KnownField] => [
        id,
        { key, type, isRepeated },
      ]),
    ),
  ]),
) as Record<MessageName, Map<number, KnownField>>; // one entry for each message of the table
