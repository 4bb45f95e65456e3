import type { Predictor } from '../../../shared/domain/prediction.ts';
import { AppError } from '../../../shared/errors.ts';
import type { LoadOptions } from '../students/student.ts';
import { createDrafter } from './draft.ts';
import { createGenerator } from './generate.ts';
import { createWriterTokenizer } from './text-tokenizer.ts';
import { decodeWriterFile, WRITER_FILE } from './writer-file.ts';

/** A writer read back from its folder; each text is answered by itself. @throws AppError `student.malformed`, `app.usage` */
export async function loadWriter(
  read: (path: string) => Uint8Array,
  { threads, variant }: Pick<LoadOptions, 'threads' | 'variant'>,
): Promise<Predictor> {
  if (variant === 'int8')
    throw new AppError('app.usage', 'A writer has no int8 model. Leave --variant out.');
  const file = decodeWriterFile(read(WRITER_FILE));
  const parse = (path: string) => JSON.parse(Buffer.from(read(path)).toString('utf8')) as object; // verified, and written from an object
  const tokenizer = createWriterTokenizer(
    { tokenizer: parse('tokenizer.json'), tokenizerConfig: parse('tokenizer_config.json') },
    file.marks,
  );
  const generator = await createGenerator(read('model.onnx'), { ...file, threads });
  const drafter = createDrafter(generator, tokenizer, file);
  return {
    classes: [],
    replies: file.replies,
    async predict(inputs) {
      const drafts = [];
      for (const input of inputs) drafts.push(await drafter.draft(input));
      return drafts;
    },
    close: () => generator.close(),
  };
}
