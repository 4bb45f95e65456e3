import { readPrograms } from '../../read-programs.ts';
import { samples as ngramSamples } from '../linear/samples.ts';

/** The programs of `run/`: those of the n-gram students, and the tokenizer that they look for beside them. */
export function samples(): Readonly<Record<string, string>> {
  return { ...ngramSamples(), ...tokeniserSamples() };
}

/** The tokenizer as programs. */
export function tokeniserSamples(): Readonly<Record<string, string>> {
  return readPrograms(['run/tokenise.mjs', 'run/tokenise.py'], import.meta.url);
}
