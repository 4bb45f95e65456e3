import { readPrograms } from '../../read-programs.ts';
import { programs as crfPrograms } from '../crf/programs.ts';

/** The programs of `run/`: those of the student `crf`, and the pieces that they look for beside them. */
export function programs(): Record<string, string> {
  return {
    ...crfPrograms(),
    ...readPrograms(['run/pieces.mjs', 'run/pieces.py'], import.meta.url),
  };
}
