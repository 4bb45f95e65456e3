import type { FindInTable } from '../../../shared/domain/lookup.ts';
import type { Predictor } from '../../../shared/domain/prediction.ts';
import { unwatched } from '../../lib/work.ts';
import type { LoadOptions } from '../students/student.ts';
import { createAssembler } from './assemble.ts';
import { decodeDecoder } from './decoder-file.ts';
import { listLookups } from './list-lookups.ts';
import type { StructuredStudent } from './structured-student.ts';

/** A student with fields, read back from its folder. @throws AppError `student.malformed` */
export async function loadParser(
  student: StructuredStudent,
  read: (path: string) => Uint8Array,
  { find, ...options }: Omit<LoadOptions, 'classCount'> & { readonly find: FindInTable },
): Promise<Predictor> {
  const { assembly, model } = decodeDecoder(read('decoder.json'));
  const assemble = createAssembler({ ...assembly, find });
  const parser = await student.load(read, { ...options, plan: assembly.plan, decoder: model });
  return {
    classes: [],
    lookups: listLookups(assembly.plan),
    async predict(inputs) {
      const parses = await parser.parse(inputs, unwatched);
      return parses.map((parse, i) => assemble(parse, inputs[i]!));
    },
    close: () => parser.close(),
  };
}
