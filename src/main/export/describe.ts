import { basename } from 'node:path';
import type { RefusalReason } from '../../shared/contract/export.ts';
import type { Split } from '../../shared/domain/example.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Store } from '../store/store.ts';
import type { Column } from './column.ts';
import type { Selection } from './select-rows.ts';

/** A file of a data set as its card and its manifest list it. */
export interface ExportedFile {
  readonly path: string;
  readonly split: Split;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a data set is, where it came from and by whose leave: what its card, manifest and metadata say. */
export interface Description {
  readonly task: Task;
  readonly format: string;
  readonly columns: readonly Column[];
  /** The file name of the project. */
  readonly project: string;
  readonly createdAtMs: number;
  readonly dataFingerprint: string;
  readonly files: readonly ExportedFile[];
  readonly rows: number;
  readonly labelledBy: Readonly<Record<string, number>>;
  /** Models, or files of replies, whose answers are labels here. */
  readonly teachers: readonly string[];
  /** Rows that people looked at, and how many people; their names stay in the project. */
  readonly reviewed: { readonly rows: number; readonly people: number };
  /** Rows made by each strategy of augmentation. */
  readonly synthetic: Readonly<Record<string, number>>;
  readonly redactedRows: number;
  /** Rows that no permission covers. */
  readonly privateRows: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly sources: readonly {
    readonly fileName: string;
    readonly sha256: string;
    readonly licence: string | null;
    readonly rows: number;
  }[];
  /** Real rows of which no file is known. */
  readonly unsourced: number;
  /** Each licence once, as it was stated; null where none was. */
  readonly licences: readonly (string | null)[];
  readonly grants: readonly {
    readonly id: number;
    readonly basis: string;
    readonly destination: string;
    readonly purposes: readonly string[];
    readonly expiresAtMs: number | null;
  }[];
}

/** Gathers from the project what is to be said of a data set. */
export function describe(
  store: Store,
  selection: Selection,
  given: Pick<
    Description,
    'task' | 'format' | 'columns' | 'createdAtMs' | 'dataFingerprint' | 'files'
  >,
): Description {
  const { rows, grantIds } = selection;
  const ids = new Set(selection.ids);
  const byTeacher = new Set(selection.ids.filter((_, i) => rows[i]!.labelledBy === 'teacher'));
  const answers = byTeacher.size > 0 ? store.labels.byAuthor('teacher') : [];
  const teachers = answers.flatMap(({ exampleId, name }) =>
    byTeacher.has(exampleId) && name !== null ? [name] : [],
  );
  const sources = store.sources
    .list()
    .filter((source) => selection.rowsOfSource.has(source.id))
    .map(({ id, fileName, sha256, licence }) => ({
      fileName,
      sha256,
      licence,
      rows: selection.rowsOfSource.get(id)!,
    }));
  const unsourced = rows.filter(({ source, origin }) => !source && origin === 'real').length;
  const licences = [...sources.map(({ licence }) => licence), ...(unsourced > 0 ? [null] : [])];
  const reviews = store.reviews
    .list()
    .filter(({ exampleId, verdict }) => ids.has(exampleId) && verdict !== 'skip');
  return {
    ...given,
    project: basename(store.path),
    rows: rows.length,
    labelledBy: countBy(rows.map((row) => row.labelledBy)),
    teachers: [...new Set(teachers)].sort(),
    reviewed: {
      rows: new Set(reviews.map((review) => review.exampleId)).size,
      people: new Set(reviews.map((review) => review.reviewer)).size,
    },
    synthetic: countBy(selection.strategies),
    redactedRows: selection.redactedRows,
    privateRows: selection.privateRows,
    refused: selection.refused,
    sources,
    unsourced,
    licences: [...new Set(licences)],
    grants: store.grants
      .list()
      .filter((grant) => grantIds.has(grant.id))
      .map(({ id, basis, destination, purposes, expiresAtMs }) => ({
        id,
        basis,
        destination,
        purposes,
        expiresAtMs,
      })),
  };
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
