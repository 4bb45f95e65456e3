import { readPrograms } from '../../read-programs.ts';
import { sharedPrograms } from '../shared-programs.ts';

const NGRAMS = '../../students/linear/run/ngrams';

/** The programs of `run/`, which answer with the student outside Stillroom. */
export function programs(): Record<string, string> {
  return {
    ...sharedPrograms(),
    ...readPrograms(
      [
        'run/read.mjs',
        'run/read.py',
        'run/word-features.mjs',
        'run/word_features.py',
        `${NGRAMS}.mjs`,
        `${NGRAMS}.py`,
      ],
      import.meta.url,
    ),
  };
}
