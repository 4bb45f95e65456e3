import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../../../shared/errors.ts';
import type { TextTokenizer } from '../backbone.ts';

/** The part of the library's class that is used; its own type declarations do not load under Node's rules. */
export interface LibraryTokenizer {
  encode(
    text: string,
    options?: { readonly add_special_tokens: boolean },
  ): { readonly ids: readonly number[] };
  decode(
    ids: number[],
    options: {
      readonly skip_special_tokens: boolean;
      readonly clean_up_tokenization_spaces: boolean;
    },
  ): string;
  token_to_id(token: string): number | undefined;
}

/** The two files that say how a tokenizer works, parsed. */
export interface TokenizerFiles {
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
}

/**
 * A tokenizer in Hugging Face's format, run by their library, with its special tokens around each text.
 * @throws AppError `file.malformed`
 */
export function createLibraryTokenizer(files: TokenizerFiles, maxLength: number): TextTokenizer {
  const library = loadLibrary(files);
  const plain = (text: string) => library.encode(text, { add_special_tokens: false }).ids;
  const [before, after] = specialTokens(library, plain('a'));
  const room = Math.max(maxLength - before.length - after.length, 0);
  const surround = (ids: readonly number[]) =>
    Int32Array.from([...before, ...ids.slice(0, room), ...after]);

  return {
    maxLength,
    encode: (text) => surround(plain(text)),
    encodeWords(text, words) {
      const ids: number[] = [];
      const firstPieces = new Int32Array(words.length).fill(-1);
      for (const [index, { start, end }] of words.entries()) {
        if (ids.length >= room) break;
        const gap = start > 0 && /\s/u.test(text[start - 1]!) ? ' ' : '';
        firstPieces[index] = before.length + ids.length;
        ids.push(...plain(gap + text.slice(start, end)));
      }
      const end = before.length + Math.min(ids.length, room);
      return { ids: surround(ids), firstPieces, end };
    },
  };
}

/** @throws AppError `file.malformed` */
export function loadLibrary({ tokenizer, tokenizerConfig }: TokenizerFiles): LibraryTokenizer {
  try {
    return new Tokenizer(tokenizer, tokenizerConfig);
  } catch (cause) {
    throw new AppError(
      'file.malformed',
      `The model's tokenizer.json cannot be read: ${(cause as Error).message}. Copy the model's whole folder again.`,
      { cause },
    );
  }
}

/** The ids that the tokenizer puts before and after a text, read off one example. */
export function specialTokens(
  library: LibraryTokenizer,
  example: readonly number[],
): readonly [readonly number[], readonly number[]] {
  const { ids } = library.encode('a');
  const start = ids.findIndex((_, i) => example.every((id, j) => ids[i + j] === id));
  return start < 0 ? [[], []] : [ids.slice(0, start), ids.slice(start + example.length)];
}
