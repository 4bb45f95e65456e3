import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { AppError } from '../../shared/errors.ts';
import { toFileError } from '../lib/files.ts';
import { malformed } from './malformed.ts';

const CHUNK_BYTES = 256 * 1024;
const REPLACEMENT = '\uFFFD';

/** A piece of a decoded file. Units: `fraction` of the bytes read so far, in [0, 1]. */
export interface TextChunk {
  readonly text: string;
  readonly fraction: number;
}

/** Decodes pieces of a file; `end` gives what was held back. */
interface Decoder {
  decode(bytes: Buffer): string;
  end(): string;
}

/**
 * Reads a text file piece by piece with its byte order mark removed and nothing replaced: a byte that does not
 * belong to the encoding ends the reading.
 * @throws AppError `file.malformed` with the offset of the first bad byte, `file.missing`
 */
export async function* readText(path: string, encoding: string): AsyncIterable<TextChunk> {
  let isFirst = true;
  const strip = (text: string) => {
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
  const decoder = createDecoder(path, encoding);
  for await (const { bytes, fraction } of readBytes(path))
    yield { text: strip(decoder.decode(bytes)), fraction };
  yield { text: strip(decoder.end()), fraction: 1 };
}

/** Every piece is in the same buffer: it is to be decoded before the next is asked for. */
async function* readBytes(path: string): AsyncIterable<{ bytes: Buffer; fraction: number }> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw toFileError(error, path);
  });
  try {
    const { size } = await file.stat();
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let offset = 0;
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0);
      if (bytesRead === 0) return;
      offset += bytesRead;
      yield { bytes: chunk.subarray(0, bytesRead), fraction: Math.min(1, offset / size) };
    }
  } finally {
    await file.close();
  }
}

function createDecoder(path: string, encoding: string): Decoder {
  if (encoding === 'utf-8') return createUtf8Decoder(path);
  if (encoding.startsWith('utf-16')) return createUtf16Decoder(path, encoding);
  return createLegacyDecoder(path, encoding);
}

function createUtf8Decoder(path: string): Decoder {
  let held: Buffer = Buffer.alloc(0);
  let offset = 0;
  const decode = (bytes: Buffer, end: number): string => {
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw notUtf8(path, whole, offset);
    offset += end;
    return whole.toString('utf8');
  };
  return {
    decode(bytes) {
      const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const end = lastBoundary(all);
      held = Buffer.from(all.subarray(end));
      return decode(all, end);
    },
    end: () => decode(held, held.length),
  };
}

/** Where the last character that may be unfinished begins. */
function lastBoundary(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function notUtf8(path: string, bytes: Buffer, offset: number): AppError {
  const isGood = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  // The decoder notices at the byte after an unfinished character; the fault is where that begins.
  const start = lastBoundary(bytes.subarray(0, good));
  const byte = bytes[start] ?? 0;
  return malformed(path, {
    line: lineAt(path, offset + start),
    what: `the byte 0x${byte.toString(16).padStart(2, '0')} at offset ${offset + start} is not UTF-8`,
    remedy:
      'Save the file as UTF-8, or name its encoding: --encoding windows-1252 is common for files from older Windows programs.',
  });
}

function lineAt(path: string, offset: number): number {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let line = 1;
    for (let at = 0; at < offset; ) {
      const read = readSync(file, chunk, 0, Math.min(CHUNK_BYTES, offset - at), at);
      if (read === 0) break;
      for (let i = 0; i < read; i++) if (chunk[i] === 0x0a) line++;
      at += read;
    }
    return line;
  } finally {
    closeSync(file);
  }
}

function createUtf16Decoder(path: string, encoding: string): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (error) {
      throw malformed(path, {
        what: `the text is not ${encoding.toUpperCase()}: it is cut off, or has half of a surrogate pair`,
        remedy: 'Save the file again, as UTF-8.',
        cause: error,
      });
    }
  };
  return { decode, end: () => decode() };
}

function createLegacyDecoder(path: string, encoding: string): Decoder {
  const decoder = iconv.getDecoder(encoding);
  const check = (text: string) => {
    if (text.includes(REPLACEMENT))
      throw malformed(path, {
        what: `the text has bytes that are not ${encoding}`,
        remedy: 'Name the encoding that it was saved in with --encoding, or save it as UTF-8.',
      });
    return text;
  };
  return {
    decode: (bytes) => check(decoder.write(bytes)),
    end: () => check(decoder.end() ?? ''),
  };
}

/**
 * The encoding to read a file with: the one asked for, or by its byte order mark, or UTF-8.
 * @throws AppError `app.usage` for an unknown name, `file.malformed` for UTF-16 or UTF-32 that does not say which
 */
export function chooseEncoding(path: string, head: Uint8Array, asked?: string): string {
  const startsWith = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (asked !== undefined) return toKnownEncoding(asked);
  if (startsWith(0xff, 0xfe, 0, 0) || startsWith(0, 0, 0xfe, 0xff))
    throw malformed(path, {
      what: 'the file is UTF-32, which is not supported',
      remedy: 'Save it as UTF-8.',
    });
  if (startsWith(0xff, 0xfe)) return 'utf-16le';
  if (startsWith(0xfe, 0xff)) return 'utf-16be';
  const isZeroAt = (parity: number) => {
    let zeros = 0;
    for (let i = parity; i < head.length; i += 2) if (head[i] === 0) zeros++;
    return zeros > head.length / 8;
  };
  const suspect = isZeroAt(1) ? 'utf-16le' : isZeroAt(0) ? 'utf-16be' : undefined;
  if (suspect !== undefined)
    throw malformed(path, {
      what: 'the file is full of NUL bytes: it is binary, or UTF-16 without a byte order mark',
      remedy: `If it is text, save it as UTF-8 or add --encoding ${suspect}.`,
    });
  return 'utf-8';
}

function toKnownEncoding(asked: string): string {
  const name = asked.trim().toLowerCase();
  if (['utf-8', 'utf8'].includes(name)) return 'utf-8';
  if (['utf-16le', 'utf16le', 'utf-16be', 'utf16be'].includes(name))
    return name.replace(/^utf-?16/, 'utf-16');
  const isText = !['hex', 'base64', 'binary', 'utf7', 'utf-7'].includes(name);
  if (isText && iconv.encodingExists(name)) return name;
  throw new AppError(
    'app.usage',
    `The encoding "${asked}" is not known. Known are for example utf-8, utf-16le, utf-16be, windows-1252, iso-8859-15, shift_jis, gb18030.`,
  );
}
