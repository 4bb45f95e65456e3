import { readFileSync } from 'node:fs';

/** The programs of `run/`, which answer with the student outside Stillroom; they go into each folder as they are. */
export function samples(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['run/predict.mjs', 'run/predict.py', 'run/ngrams.mjs', 'run/ngrams.py'].map((path) => [
      path,
      readFileSync(new URL(path, import.meta.url), 'utf8'),
    ]),
  );
}
