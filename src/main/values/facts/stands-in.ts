import { findPlaces } from '../align/find-values.ts';
import { createExpressionFinder } from '../align/find-written-otherwise.ts';
import { createRowAlignment, type RowAlignment } from '../align/row-alignment.ts';
import { createReader, type Reader } from '../normaliser/reader.ts';
import { tables } from '../tables/tables.ts';

/** A text to look for values in. */
export interface Source {
  readonly text: string;
  /** The day that relative dates count from, `YYYY-MM-DD`. */
  readonly referenceDate?: string | null | undefined;
}

/** Whether a text gives a value: word for word, but for case, or as a date, time or number written otherwise. */
export type StandsIn = (source: Source, value: string) => boolean;

/** Texts whose readings are remembered: the values of one come one after the other. */
const MAX_KNOWN = 64;

export function createStandsIn(reader: Reader = createReader(tables)): StandsIn {
  const finder = createExpressionFinder(reader);
  const known = new Map<string, RowAlignment>();
  return ({ text, referenceDate }, value) => {
    const key = `${referenceDate ?? ''} ${text}`;
    let row = known.get(key);
    if (!row) {
      const about = referenceDate ? { referenceDate } : {};
      row = createRowAlignment({ text, frame: 0, values: [], ...about });
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, row);
    }
    const sought = { index: 0, value, literal: value.trim(), type: 'string' as const };
    return findPlaces(row, sought, finder).places.length > 0;
  };
}
