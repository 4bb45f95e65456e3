import { z } from 'zod';
import type { TextTokenizer } from '../backbone.ts';
import { createUnigramTokenizer } from './tokenizer.ts';
import { toTokenizerJson } from './tokenizer-json.ts';

const schema = z.object({
  truncation: z.object({ max_length: z.int().positive() }),
  model: z.object({
    type: z.literal('Unigram'),
    unk_id: z.literal(0),
    vocab: z.array(z.tuple([z.string(), z.number()])).min(1),
  }),
});

/** The tokenizer that `toTokenizerJson` wrote, to the byte; undefined for any other. */
export function readUnigramTokenizer(bytes: Uint8Array): TextTokenizer | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  const { success, data } = schema.safeParse(parse(text));
  if (!success || toTokenizerJson(data.model.vocab, data.truncation.max_length) !== text)
    return undefined;
  return createUnigramTokenizer(data.model.vocab, data.truncation.max_length);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
