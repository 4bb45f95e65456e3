import { basename, extname } from 'node:path';
import type { RefusedRow, UnknownLabel } from '../../shared/contract/collect.ts';
import type { Split } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { contentHash } from '../lib/content-hash.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import type { ImportedRow } from '../store/imports.ts';
import type { Store } from '../store/store.ts';
import type { MappedRow } from './to-row.ts';

const MAX_LISTED_REFUSALS = 10_000;
/** A column with more is no column of labels. */
const MAX_UNKNOWN_LABELS = 500;
const ROWS_A_STATEMENT = 50;

export interface WriteRequest {
  readonly path: string;
  /** Of the rows that do not name their own. */
  readonly split?: Split | undefined;
  /** Who has checked the outputs in the file; they then count as a person's. */
  readonly reviewedBy?: string | undefined;
}

/** What became of the rows of a file. */
export interface WriteCounts {
  readonly imported: number;
  /** Rows that were there before, with the same id and content. */
  readonly duplicates: number;
  /** Of these, how many got the decision of the person who has checked the file. */
  readonly reviewedAgain: number;
  /** The first 10,000; `refusedTotal` counts all. */
  readonly refused: readonly RefusedRow[];
  readonly refusedTotal: number;
  /** Imported outputs that do not fit the task; the schema check finds them. */
  readonly invalidOutputs: number;
  /** Of a task with labels: those in the file that are not among them, the most frequent first. */
  readonly unknownLabels: readonly UnknownLabel[];
}

/** Writes mapped rows, many at a time, and keeps count of what became of each. */
export function createRowWriter(store: Store, task: Task, request: WriteRequest, sourceId: number) {
  const validate = createOutputValidator(task);
  const stem = basename(request.path, extname(request.path));
  const refused: RefusedRow[] = [];
  const unknown = new Map<string, number>();
  let [imported, duplicates, reviewedAgain, refusedTotal, invalidOutputs] = [0, 0, 0, 0, 0];
  const author = request.reviewedBy === undefined ? 'imported' : 'human';
  const name = request.reviewedBy ?? null;
  const session = store.imports.begin({ sourceId, nowMs: Date.now(), author, name });
  let pending: PendingRow[] = [];
  let [numericIds, otherIds] = [0, 0];

  function refuse(row: RefusedRow): void {
    refusedTotal++;
    if (refused.length < MAX_LISTED_REFUSALS) refused.push(row);
  }

  function write(row: MappedRow): void {
    const { output, outputJson } = row;
    const isValid = output !== undefined && validate(output).length === 0;
    const isApproved = isValid && name !== null;
    if (row.isIdNumber) numericIds++;
    else otherIds++;
    pending.push({
      givenId: row.id,
      position: row.position,
      output,
      externalId: row.id ?? `${stem}:${row.position}`,
      text: row.text,
      context: row.context,
      metaJson: row.metaJson,
      line: row.line,
      groupKey: row.group,
      split: row.split ?? request.split ?? 'unassigned',
      status: output === undefined ? 'new' : isApproved ? 'approved' : 'labelled',
      contentHash: contentHash(row.text, row.context),
      outputJson: outputJson ?? null,
      isValid,
    });
    if (pending.length === ROWS_A_STATEMENT) flush();
  }

  /** Usually every id is new and one statement does; else row by row, to say which is not. */
  function flush(): void {
    const rows = pending;
    pending = [];
    if (rows.length === 0) return;
    const firstId = session.add(rows);
    if (firstId === undefined) for (const row of rows) writeAlone(row);
    else
      rows.forEach((row, i) => {
        count(row, firstId + i);
      });
  }

  function noteInvalid(output: Json | undefined): void {
    invalidOutputs++;
    if (task.kind !== 'classify' || typeof output !== 'string') return;
    if (unknown.has(output) || unknown.size < MAX_UNKNOWN_LABELS)
      unknown.set(output, (unknown.get(output) ?? 0) + 1);
  }

  function count(row: PendingRow, exampleId: number): void {
    imported++;
    if (row.outputJson !== null && !row.isValid) noteInvalid(row.output);
    if (row.status === 'approved' && name !== null)
      store.reviews.add({ exampleId, reviewer: name, verdict: 'approve', output: row.output });
  }

  function writeAlone(given: PendingRow): void {
    // A generated id must not refuse a row: a second file of the same name gets ids of its own.
    for (let copy = 1; ; copy++) {
      const row =
        copy === 1 ? given : { ...given, externalId: `${stem}~${copy}:${given.position}` };
      const exampleId = session.add([row]);
      if (exampleId !== undefined) {
        count(row, exampleId);
        return;
      }
      const conflict = compare(row);
      if (conflict === 'same') {
        duplicates++;
        reviewAgain(row);
        return;
      }
      if (row.givenId !== undefined) {
        refuse({ line: row.line, ...explain(conflict, row.givenId) });
        return;
      }
    }
  }

  /**
   * A row that is there gets the decision of whoever has checked the file, once. One that a person has rejected, and a
   * sealed one, stay as they are.
   */
  function reviewAgain({ externalId, output, outputJson, status }: PendingRow): void {
    if (name === null || output === undefined || outputJson === null || status !== 'approved')
      return;
    const { id } = store.examples.findByExternalId(externalId)!;
    const { split, status: before } = store.examples.get(id)!;
    const isSealed = split === 'holdout' && store.seals.current() !== undefined;
    if (isSealed || before === 'rejected') return;
    if (store.reviews.hasApproved(id, name, outputJson)) return;
    reviewedAgain++;
    store.reviews.add({ exampleId: id, reviewer: name, verdict: 'approve', output });
    store.labels.add({ exampleId: id, author: 'human', name, output, isValid: true });
    store.examples.setStatus([id], 'approved');
  }

  /** Compares with the row that has the id: the same again, another output, or another row. */
  function compare(row: PendingRow): Conflict {
    const existing = store.examples.findByExternalId(row.externalId)!;
    if (existing.contentHash !== row.contentHash) return 'other row';
    if (row.outputJson === null) return 'same';
    return store.imports.hasOutput(existing.id, row.outputJson) ? 'same' : 'other output';
  }

  const counts = () => ({ imported, duplicates, reviewedAgain, refusedTotal });
  const result = (): WriteCounts => ({
    ...counts(),
    refused: refused.toSorted((a, b) => a.line - b.line),
    invalidOutputs,
    unknownLabels: [...unknown]
      .map(([label, rows]) => ({ label, rows }))
      .sort((a, b) => b.rows - a.rows),
  });
  const hasNumericIds = () => numericIds > 0 && otherIds === 0;
  return { write, refuse, flush, counts, result, hasNumericIds };
}

interface PendingRow extends ImportedRow {
  readonly givenId: string | undefined;
  readonly position: number;
  readonly output: Json | undefined;
}

type Conflict = 'same' | 'other row' | 'other output';

function explain(conflict: Conflict, id: string): Omit<RefusedRow, 'line'> {
  return conflict === 'other row'
    ? {
        reason: `the id "${id}" already names a different row`,
        remedy: 'Give the row an id of its own, or map another column as id.',
      }
    : {
        reason: `the id "${id}" already names a row with the same text and another output`,
        remedy: 'Correct the output in review, or give the row an id of its own.',
      };
}
