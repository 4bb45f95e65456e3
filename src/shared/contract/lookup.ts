import { z } from 'zod';
import type { Lookup } from '../domain/lookup.ts';
import type { RefusedRow } from './collect.ts';
import { method } from './method.ts';

/** A table and the field that it fills. */
export interface LookupLine extends Lookup {
  readonly fileName: string;
  readonly importedAtMs: number;
  /** Different keys, and those of them with more than one value, which say nothing. */
  readonly keys: number;
  readonly ambiguous: number;
}

/** What became of the rows of a table's file. */
export interface LookupOutcome extends LookupLine {
  readonly rows: number;
  /** The first 100; `refusedTotal` counts all. */
  readonly refused: readonly RefusedRow[];
  readonly refusedTotal: number;
  /** Rows whose value is none of the field's: they fill nothing. */
  readonly unfit: number;
  /** Whether a table of that name was there before. */
  readonly isReplaced: boolean;
  /** Doubts about labels that were found with the tables as they were, and were taken back. */
  readonly forgotten: number;
}

export const lookupRequest = z.strictObject({
  path: z.string().min(1),
  /** `--table NAME=FILE` hands one over by it. */
  name: z
    .string()
    .trim()
    .min(1, 'A table needs a name.')
    .max(100, 'The name of a table has at most 100 characters.')
    .regex(/^[^=]*$/, 'The name of a table has no "=": --table NAME=FILE could not tell it.'),
  /** The field that is filled, and the one that it is looked up by; slots' names. */
  field: z.string().min(1),
  by: z.string().min(1),
  keyColumn: z.string().min(1),
  valueColumn: z.string().min(1),
});
export type LookupRequest = z.infer<typeof lookupRequest>;

export const lookupMethods = {
  'lookup.list': method<readonly LookupLine[]>()(z.strictObject({})),
  /** Of a table's file: its columns, for choosing key and value. */
  'lookup.columns': method<{ readonly columns: readonly string[] }>()(
    z.strictObject({ path: z.string().min(1) }),
  ),
  /** In place of a table of the same name. The next student does not learn the field. */
  'lookup.add': method<LookupOutcome>()(lookupRequest),
  /** Ids of the students that fill a field from it; without it the field is missing from their answers. */
  'lookup.neededBy': method<readonly string[]>()(z.strictObject({ name: z.string() })),
  /** Its rows are gone from the project's file afterwards, so that nothing can undo it. */
  'lookup.remove': method<true>()(z.strictObject({ name: z.string() })),
};
