import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { createUnigramTokenizer, type UnigramTokenizer } from './tokenizer.ts';

const schema = z.object({
  truncation: z.object({ max_length: z.int().positive() }),
  model: z.object({
    type: z.literal('Unigram'),
    unk_id: z.literal(0),
    vocab: z.array(z.tuple([z.string(), z.number()])).min(1),
  }),
});

/** The tokenizer of a student folder, as `toTokenizerJson` wrote it. @throws AppError `student.malformed` */
export function readUnigramTokenizer(bytes: Uint8Array): UnigramTokenizer {
  try {
    const { truncation, model } = schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return createUnigramTokenizer(model.vocab, truncation.max_length);
  } catch (cause) {
    throw new AppError(
      'student.malformed',
      'tokenizer.json of the student is not readable. Copy the folder again or train anew.',
      { cause },
    );
  }
}
