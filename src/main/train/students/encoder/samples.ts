import { readFileSync } from 'node:fs';
import { tokeniserSamples } from '../wide-deep/samples.ts';

/** The programs of `run/`, and the tokenizer that they look for beside them. */
export function samples(): Readonly<Record<string, string>> {
  const own = ['run/predict.mjs', 'run/predict.py', 'run/transformers.mjs'].map((path) => [
    path,
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  ]);
  return { ...tokeniserSamples(), ...Object.fromEntries(own) };
}
