import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import type { AppError } from '../../shared/errors.ts';
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
      'Save the file as UTF-8, or name its encoding (--encoding on the command line): windows-1252 is common for files from older Windows programs.',
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
        remedy:
          'Name the encoding that it was saved in (--encoding on the command line), or save it as UTF-8.',
      });
    return text;
  };
  return {
    decode: (bytes) => check(decoder.write(bytes)),
    end: () => check(decoder.end() ?? ''),
  };
}
