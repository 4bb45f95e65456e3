import { loadLibrary, specialTokens } from '../backbones/hugging-face/tokenizer.ts';

/** Texts to tokens of a causal language model, and back. */
export interface WriterTokenizer {
  /** A text's own tokens: none is put around it, and none of the model's marks can be written in it. */
  encode(text: string): readonly number[];
  /** The tokens of words that may hold the model's marks, such as those of a template. */
  encodeWithMarks(text: string): readonly number[];
  /** What stands before each text, by the tokenizer's own rule. */
  readonly before: readonly number[];
  decode(ids: readonly number[]): string;
  idOf(token: string): number | undefined;
}

/** Tokens that are marks and not words, such as `<|im_end|>`; the longest first. */
export function listMarks(tokenizer: {
  readonly added_tokens?: readonly { readonly content: string }[] | undefined;
}): readonly string[] {
  const contents = (tokenizer.added_tokens ?? []).map(({ content }) => content);
  return contents.filter((content) => content.length > 1).sort((a, b) => b.length - a.length);
}

/**
 * Runs a tokenizer in Hugging Face's format. A mark that stands in a text is parted by a space: else a customer could
 * write the end of the customer's own message.
 * @throws AppError `file.malformed`
 */
export function createWriterTokenizer(
  files: { readonly tokenizer: object; readonly tokenizerConfig: object },
  marks: readonly string[],
): WriterTokenizer {
  const library = loadLibrary(files);
  const encodeWithMarks = (text: string) => library.encode(text, { add_special_tokens: false }).ids;
  return {
    encode: (text) => encodeWithMarks(partMarks(text, marks)),
    encodeWithMarks,
    before: specialTokens(library, encodeWithMarks('a'))[0],
    decode: (ids) =>
      // The library refuses an empty list.
      ids.length === 0
        ? ''
        : library.decode([...ids], {
            skip_special_tokens: true,
            // As Python's tokenizers do it.
            clean_up_tokenization_spaces: false,
          }),
    idOf: (token) => library.token_to_id(token),
  };
}

export function partMarks(text: string, marks: readonly string[]): string {
  return marks.reduce(
    (parted, mark) => parted.replaceAll(mark, `${mark[0]} ${mark.slice(1)}`),
    text,
  );
}
