import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { toFileError } from '../../lib/files.ts';
import { malformed } from '../malformed.ts';
import type { FileHead } from './importer.ts';

const HEAD_BYTES = 64 * 1024;

/** Reads the start of a file, to tell what kind it is. @throws AppError `file.missing` */
export async function readHead(path: string): Promise<FileHead> {
  try {
    const file = await open(path, 'r');
    try {
      if (!(await file.stat()).isFile())
        throw malformed(path, {
          what: 'it is not a file',
          remedy: 'Name one file; for a folder, import its files one by one.',
        });
      const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const bytes = buffer.subarray(0, bytesRead);
      return { extension: extname(path).toLowerCase(), bytes, text: decodeLoosely(bytes) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, path);
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isUtf16Swapped = bytes[0] === 0xfe && bytes[1] === 0xff;
  const encoding = isUtf16 ? 'utf-16le' : isUtf16Swapped ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
