import type { Split } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';

/** One approved example as it leaves the project. */
export interface ExportRow {
  readonly id: string;
  readonly text: string;
  readonly context: string | null;
  readonly output: Json;
  readonly split: Split;
  readonly origin: string;
  readonly labelledBy: string;
  readonly source: string | null;
}

/** A row with an answer of the teacher's that a person put right. */
export interface PairRow extends ExportRow {
  readonly rejected: Json;
}
