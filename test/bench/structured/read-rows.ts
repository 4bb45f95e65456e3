import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StructuredRow } from '../../../src/main/train/structured/structured-student.ts';

/** The rows of a JSONL file of the data folder; the caller knows their form. */
export function readRows<T>(data: string, path: string): T[] {
  return readFileSync(join(data, path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Rows to learn from, to choose on, and to look at once. */
export interface Splits {
  readonly train: readonly StructuredRow[];
  readonly validation: readonly StructuredRow[];
  readonly test: readonly StructuredRow[];
}
