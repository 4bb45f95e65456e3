import iconv from 'iconv-lite';
import { AppError } from '../../shared/errors.ts';
import { malformed } from './malformed.ts';

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
      remedy: `If it is text, save it as UTF-8 or name its encoding: ${suspect} (--encoding ${suspect} on the command line).`,
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
