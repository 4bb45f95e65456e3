import { readPrograms } from '../../read-programs.ts';
import { predictSamples } from '../linear/samples.ts';
import { tokeniserSamples } from '../wide-deep/samples.ts';

/** The programs of `run/`, and the tokenizer that they look for beside them. */
export function samples(): Readonly<Record<string, string>> {
  return {
    ...predictSamples(),
    ...tokeniserSamples(),
    ...readPrograms(['run/transformers.mjs'], import.meta.url),
  };
}
