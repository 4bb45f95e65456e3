import { canonicalJson } from '../../shared/domain/json.ts';
import type { Scored } from './scored.ts';

/** Canonical JSON of the name of the function that an output calls; "null" for no call. */
export function functionOf(key: string): string {
  // Keys are canonical JSON that Stillroom wrote itself; a call has a name.
  const call = JSON.parse(key) as { readonly name: string } | null;
  return canonicalJson(call?.name ?? null);
}

/** The same rows with functions alone as answers: who was called, whatever the arguments. */
export function toFunctions({ task, gold, answers }: Scored): Scored {
  return {
    task,
    gold: gold.map(functionOf),
    answers: answers.map((answer) => ({ ...answer, key: functionOf(answer.key) })),
  };
}
