import { createReader, type Reader } from './reader.ts';
import {
  type Field,
  isMessageName,
  type Message,
  type MessageName,
  type ScalarName,
  schema,
} from './schema.ts';
import { arrays, DELIMITED, isPackedArray, wireTypes } from './wire.ts';

/** Protocol Buffers' own limit is 100; a graph nested in a graph takes three levels. */
const MAX_DEPTH = 60;

/**
 * Reads an ONNX model. Strict on purpose: what another reader could take differently (a single field given twice,
 * a wrong wire type, invalid UTF-8) is refused, so that what was scanned is what ONNX Runtime will load.
 * Tensor bytes are views into `bytes`, not copies. Memory and time are linear in the size of the file.
 * @throws AppError `onnx.malformed`
 */
export function decodeModel(bytes: Uint8Array): Message<'Model'> {
  // The table types the message: each field is read as the kind that `Message` derives from the same table.
  return readMessage(createReader(bytes), 'Model', bytes.length, 0) as unknown as Message<'Model'>;
}

function readMessage(
  reader: Reader,
  name: MessageName,
  end: number,
  depth: number,
): Record<string, unknown> {
  if (depth > MAX_DEPTH) reader.fail(`parts are nested more than ${MAX_DEPTH} deep`);
  reader.countObject();
  const fields = fieldsById.get(name)!; // one entry for each message of the table
  const message: Record<string, unknown> = {};
  const lists = new Map<string, unknown[]>();
  while (reader.offset < end) {
    const { id, wire } = reader.tag(end);
    const field = fields.get(id);
    if (!field) {
      reader.skip(wire, end);
      continue;
    }
    const { key, type, isRepeated } = field;
    if (Object.hasOwn(message, key)) reader.fail(`${name}.${key} is given twice`);
    if (isRepeated && isNumber(type) && wire === DELIMITED) {
      if (lists.has(key)) reader.fail(`${name}.${key} is given twice`);
      message[key] = readPacked(reader, type, end);
    } else {
      const expected = isMessageName(type) ? DELIMITED : wireTypes[type];
      if (wire !== expected) reader.fail(`${name}.${key} has the wrong wire type`);
      const value = readOne(reader, type, end, depth);
      if (isRepeated) listOf(lists, key).push(value);
      else message[key] = value;
    }
  }
  for (const { key, type, isRepeated } of fields.values())
    if (isRepeated) message[key] ??= toArray(type, lists.get(key) ?? []);
  return message;
}

function readOne(
  reader: Reader,
  type: ScalarName | MessageName,
  end: number,
  depth: number,
): unknown {
  if (isMessageName(type)) return readMessage(reader, type, reader.part(end), depth + 1);
  reader.countObject();
  return reader.scalar(type, end);
}

function isNumber(type: ScalarName | MessageName): type is Exclude<ScalarName, 'string' | 'bytes'> {
  return !isMessageName(type) && type !== 'string' && type !== 'bytes';
}

/** A list of numbers in one part. */
function readPacked(
  reader: Reader,
  type: Exclude<ScalarName, 'string' | 'bytes'>,
  end: number,
): unknown {
  if (type === 'int32' || type === 'int64') return reader.packedIntegers(type, end);
  if (type === 'safe64') {
    const numbers: unknown[] = [];
    for (const stop = reader.part(end); reader.offset < stop; ) {
      reader.countObject();
      numbers.push(reader.scalar(type, stop));
    }
    return numbers;
  }
  // Floats are stored as they lie in memory, so a packed list is one copy.
  const copy = reader.bytes(end).slice();
  const width = arrays[type].BYTES_PER_ELEMENT;
  if (copy.length % width !== 0) reader.fail('a list of floats is cut off');
  return new arrays[type](copy.buffer, 0, copy.length / width);
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
  // The reader gave a bigint for int64 and a number for the other three.
  if (type === 'int64') return BigInt64Array.from(values as bigint[]);
  return arrays[type].from(values as number[]);
}

interface KnownField {
  readonly key: string;
  readonly type: ScalarName | MessageName;
  readonly isRepeated: boolean;
}

/** The table by field number. */
const fieldsById = new Map(
  Object.entries(schema).map(([name, fields]) => [
    name,
    new Map(
      Object.entries<Field>(fields).map(([key, { id, type, isRepeated }]): [number, KnownField] => [
        id,
        { key, type: type as ScalarName | MessageName, isRepeated }, // the table names no others
      ]),
    ),
  ]),
);
