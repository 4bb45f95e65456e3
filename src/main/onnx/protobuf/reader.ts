import { AppError } from '../../../shared/errors.ts';
import type { ScalarName } from './schema.ts';
import { DELIMITED, FIXED32, FIXED64, VARINT } from './wire.ts';

/** An object costs far more memory than the two bytes that ask for it, so their number is bounded. */
const MAX_OBJECTS = 1_000_000;
/** Likewise a number of one byte that becomes eight. */
const MAX_VARINTS = 16 * 2 ** 20;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Walks over the bytes of a message. Every read names the end of the part that it is in and never passes it.
 * Units: `end` and `offset` in bytes from the beginning.
 */
export interface Reader {
  readonly offset: number;
  /** Counts one more object that the caller is going to make. */
  countObject(): void;
  tag(end: number): { readonly id: number; readonly wire: number };
  /** The end of the delimited part that begins here. */
  part(end: number): number;
  bytes(end: number): Uint8Array;
  scalar(type: ScalarName, end: number): string | Uint8Array | number | bigint;
  /** The numbers of a packed list. */
  packedIntegers(type: 'int32' | 'int64', end: number): Int32Array | BigInt64Array;
  skip(wire: number, end: number): void;
  /** @throws AppError `onnx.malformed` */
  fail(why: string): never;
}

/** Begins at the first byte. */
export function createReader(source: Uint8Array): Reader {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let offset = 0;
  let objects = 0;
  let varints = 0;
  /** The halves of the varint that was read last. */
  let low = 0;
  let high = 0;

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

  function readVarint(end: number): void {
    if (++varints > MAX_VARINTS)
      fail(`it holds more than ${MAX_VARINTS} numbers outside its weights`);
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

  /** Steps over a known number of bytes and returns where they began. */
  function advance(size: number, end: number): number {
    if (size > end - offset) fail('a part runs past the end of what holds it');
    offset += size;
    return offset - size;
  }

  function part(end: number): number {
    readVarint(end);
    const length = low >>> 0;
    if (high !== 0 || length > end - offset) fail('a part runs past the end of what holds it');
    return offset + length;
  }

  function bytes(end: number): Uint8Array {
    const stop = part(end);
    const start = advance(stop - offset, end);
    return source.subarray(start, stop);
  }

  function scalar(type: ScalarName, end: number): string | Uint8Array | number | bigint {
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
        return view.getFloat32(advance(4, end), true);
      case 'double':
        return view.getFloat64(advance(8, end), true);
      case 'string': {
        const text = bytes(end);
        try {
          return utf8.decode(text);
        } catch {
          return fail('a name is not valid UTF-8');
        }
      }
      case 'bytes':
        return bytes(end);
    }
  }

  /** Straight into a typed array: as objects, the numbers of a hostile file would fill the memory. */
  function packedIntegers(type: 'int32' | 'int64', end: number): Int32Array | BigInt64Array {
    const stop = part(end);
    let count = 0;
    for (let i = offset; i < stop; i++) if (source[i]! < 0x80) count++;
    if (count > MAX_VARINTS) fail(`it holds more than ${MAX_VARINTS} numbers outside its weights`);
    const halves = new Int32Array(type === 'int64' ? 2 * count : count);
    for (let i = 0; i < count; i++) {
      readVarint(stop);
      if (type === 'int32') halves[i] = low;
      else {
        halves[2 * i] = low;
        halves[2 * i + 1] = high;
      }
    }
    if (offset !== stop) fail('a number is cut off');
    return type === 'int32' ? halves : new BigInt64Array(halves.buffer);
  }

  return {
    get offset() {
      return offset;
    },
    countObject,
    tag(end) {
      readVarint(end);
      if (high !== 0 || low >>> 3 === 0) fail('a field has no number');
      return { id: low >>> 3, wire: low & 7 };
    },
    part,
    bytes,
    scalar,
    packedIntegers,
    skip(wire, end) {
      if (wire === VARINT) readVarint(end);
      else if (wire === FIXED64) advance(8, end);
      else if (wire === FIXED32) advance(4, end);
      else if (wire === DELIMITED) bytes(end);
      else fail(`wire type ${wire} does not belong in a model`);
    },
    fail,
  };
}
