import { readPrograms } from '../../read-programs.ts';
import { predictSamples } from '../linear/samples.ts';

/** The programs of `run/`, which look for the encoder's tokenizer beside them. */
export function samples(): Readonly<Record<string, string>> {
  return { ...predictSamples(), ...readPrograms(['run/transformers.mjs'], import.meta.url) };
}
