import { readPrograms } from '../../read-programs.ts';

/** The program that answers with any student that gives labels, outside Stillroom. */
export function predictSamples(): Record<string, string> {
  return readPrograms(['run/predict.mjs', 'run/predict.py'], import.meta.url);
}

/** The programs of `run/` of a student that reads n-grams. */
export function samples(): Record<string, string> {
  return {
    ...predictSamples(),
    ...readPrograms(['run/ngrams.mjs', 'run/ngrams.py'], import.meta.url),
  };
}
