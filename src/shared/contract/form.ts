import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import { method } from './method.ts';

/** One value of an output with fields, and where it stands in the text. */
export interface LocatedValue {
  /** The slot's name in the form. */
  readonly name: string;
  readonly value: Json;
  /** Absent where it stands nowhere, or at several places with nothing to decide. Units: UTF-16 units, `end` exclusive. */
  readonly span?: { readonly start: number; readonly end: number };
  /** Whether it stands in the text, in whatever form and place. */
  readonly isThere: boolean;
}

// What came from JSON is JSON.
const json = z.json() as unknown as z.ZodType<Json>;

export const formMethods = {
  /** Where the values of outputs stand in their texts, as training reads them; one list for each item. */
  'form.locate': method<readonly (readonly LocatedValue[])[]>()(
    z.strictObject({
      items: z
        .array(
          z.strictObject({
            text: z.string(),
            output: json,
            /** Id of the record that the text is of, whose day "tomorrow" counts from. */
            record: z.string().optional(),
          }),
        )
        .max(500),
    }),
  ),
  /** What keeps an output from fitting the task; empty when nothing does. */
  'form.check': method<{ readonly problems: readonly string[] }>()(
    z.strictObject({ output: json }),
  ),
};
