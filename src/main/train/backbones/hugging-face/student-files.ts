import { readPrograms } from '../../read-programs.ts';
import type { EncoderFolder } from './folder.ts';

/** What a student carries to tokenise by itself: the encoder's own files, which also say where a text is cut. */
export function toStudentFiles(
  { tokenizer, tokenizerConfig, specialTokensMap }: EncoderFolder,
  maxLength: number,
): ReadonlyMap<string, Uint8Array> {
  const truncation = {
    direction: 'Right',
    max_length: maxLength,
    strategy: 'LongestFirst',
    stride: 0,
  };
  const texts: Readonly<Record<string, string>> = {
    'tokenizer.json': JSON.stringify({ ...tokenizer, truncation, padding: null }),
    'tokenizer_config.json': JSON.stringify({ ...tokenizerConfig, model_max_length: maxLength }),
    ...readPrograms(['run/tokenise.mjs', 'run/tokenise.py'], import.meta.url),
  };
  return new Map([
    ...Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)] as const),
    ...(specialTokensMap ? [['special_tokens_map.json', specialTokensMap] as const] : []),
  ]);
}
