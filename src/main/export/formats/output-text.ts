import { canonicalJson, type Json } from '../../../shared/domain/json.ts';

/** How "no call" is written where an answer must be a text. */
export const NO_CALL = 'No call.';

/** An output as a text that a chat model would answer with: a string as it is, an object as JSON. */
export function outputText(output: Json): string {
  if (output === null) return NO_CALL;
  return typeof output === 'string' ? output : canonicalJson(output);
}
