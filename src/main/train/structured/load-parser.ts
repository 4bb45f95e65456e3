import type { FindInTable } from '../../../shared/domain/lookup.ts';
import type { Predictor } from '../../../shared/domain/prediction.ts';
import { unwatched } from '../../lib/work.ts';
import type { LoadOptions } from '../students/student.ts';
import { createAssembler } from './assemble.ts';
import { decodeDecoder } from './decoder-file.ts';
import { listLookups } from './list-lookups.ts';
import { sayReply } from './say-reply.ts';
import type { StructuredStudent } from './structured-student.ts';

/** A student with fields, read back from its folder. @throws AppError `student.malformed` */
export async function loadParser(
  student: StructuredStudent,
  read: (path: string) => Uint8Array,
  { find, ...options }: Omit<LoadOptions, 'classCount'> & { readonly find: FindInTable },
): Promise<Predictor> {
  const { assembly, replies, model } = decodeDecoder(read('decoder.json'));
  const assemble = createAssembler({ ...assembly, find });
  const parser = await student.load(read, { ...options, plan: assembly.plan, decoder: model });
  return {
    classes: [],
    lookups: listLookups(assembly.plan),
    ...(replies && { replies }),
    async predict(inputs) {
      const parses = await parser.parse(inputs, unwatched);
      const predictions = parses.map((parse, i) => assemble(parse, inputs[i]!));
      return replies ? predictions.map((prediction) => sayReply(replies, prediction)) : predictions;
    },
    close: () => parser.close(),
  };
}
