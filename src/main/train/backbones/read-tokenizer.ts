import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { TextTokenizer } from './backbone.ts';
import { createLibraryTokenizer } from './hugging-face/tokenizer.ts';
import { readUnigramTokenizer } from './use-lite/read-tokenizer-json.ts';

const cut = z.looseObject({ truncation: z.object({ max_length: z.int().positive() }) });

/**
 * The tokenizer of a student folder: that of the bundled encoder, which is quicker as our own, or any other, which
 * Hugging Face's library runs. @throws AppError `student.malformed`
 */
export function readTokenizer(read: (path: string) => Uint8Array): TextTokenizer {
  const bytes = read('tokenizer.json');
  const own = readUnigramTokenizer(bytes);
  if (own) return own;
  try {
    const tokenizer = cut.parse(parse(bytes));
    const tokenizerConfig = z.looseObject({}).parse(parse(read('tokenizer_config.json')));
    return createLibraryTokenizer({ tokenizer, tokenizerConfig }, tokenizer.truncation.max_length);
  } catch (cause) {
    throw new AppError(
      'student.malformed',
      'tokenizer.json of the student is not readable. Copy the folder again or train anew.',
      { cause },
    );
  }
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
