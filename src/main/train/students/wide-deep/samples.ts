import { readFileSync } from 'node:fs';
import { samples as ngramSamples } from '../linear/samples.ts';

/** The programs of `run/`: those of the n-gram students, and the tokenizer that they look for beside them. */
export function samples(): Readonly<Record<string, string>> {
  return { ...ngramSamples(), ...tokeniserSamples() };
}

/** The tokenizer as programs. */
export function tokeniserSamples(): Readonly<Record<string, string>> {
  const own = ['run/tokenise.mjs', 'run/tokenise.py'].map((path) => [
    path,
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  ]);
  return Object.fromEntries(own);
}
