import type { Author, Split } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface NewLabel {
  readonly exampleId: number;
  readonly author: Author;
  /** The person, model or rule. */
  readonly name?: string | null;
  readonly output: Json;
  readonly isValid: boolean;
  readonly confidence?: number | null;
  readonly probabilities?: Readonly<Record<string, number>> | null;
  readonly replyId?: number | null;
}

export interface Label {
  readonly id: number;
  readonly exampleId: number;
  readonly author: Author;
  readonly name: string | null;
  readonly output: Json;
  readonly isValid: boolean;
  readonly confidence: number | null;
  readonly probabilities: Readonly<Record<string, number>> | null;
}

export interface PastLabel extends Label {
  readonly atMs: number;
  readonly isWithdrawn: boolean;
}

/** Strength of an author for the current label; a student's guess never becomes one. */
const strength = {
  human: 4,
  rule: 3,
  teacher: 2,
  imported: 1,
  student: 0,
} as const satisfies Record<Author, number>;

/** Labels are only ever added; `current_label` is derived from them in the same transaction. */
export function createLabels(db: Database) {
  const insert = db.prepare(
    `INSERT INTO label (example_id, author, name, output_json, is_valid, confidence, probabilities_json, reply_id, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofExample = db.prepare(
    'SELECT author, output_json AS outputJson, is_valid AS isValid, confidence FROM label WHERE example_id = ? AND withdrawn_at_ms IS NULL ORDER BY id',
  );
  const replaceCurrent = db.prepare(
    `INSERT OR REPLACE INTO current_label (example_id, output_json, author, agreement, is_valid, confidence)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const dropCurrent = db.prepare('DELETE FROM current_label WHERE example_id = ?');
  const markLabelled = db.prepare(
    "UPDATE example SET status = 'labelled' WHERE id = ? AND status = 'new'",
  );

  function refresh(exampleId: number): void {
    const current = deriveCurrent(ofExample.all(exampleId) as StoredLabel[]);
    if (!current) {
      dropCurrent.run(exampleId);
      return;
    }
    replaceCurrent.run(
      exampleId,
      current.outputJson,
      current.author,
      current.agreement,
      current.isValid,
      current.confidence,
    );
    markLabelled.run(exampleId);
  }

  return {
    /** Adds a label and derives the current one again. Call inside a transaction. */
    add(label: NewLabel): number {
      const result = insert.run(
        label.exampleId,
        label.author,
        label.name ?? null,
        canonicalJson(label.output),
        label.isValid ? 1 : 0,
        label.confidence ?? null,
        label.probabilities ? JSON.stringify(label.probabilities) : null,
        label.replyId ?? null,
        Date.now(),
      );
      refresh(label.exampleId);
      return Number(result.lastInsertRowid);
    },
    refresh,
    /** Makes a label count for nothing and derives the current one again; the row itself stays. */
    withdraw(id: number): void {
      db.prepare('UPDATE label SET withdrawn_at_ms = ? WHERE id = ?').run(Date.now(), id);
      refresh(db.prepare('SELECT example_id FROM label WHERE id = ?').pluck().get(id) as number);
    },
    /** Makes a withdrawn label count again. */
    reinstate(id: number): void {
      db.prepare('UPDATE label SET withdrawn_at_ms = NULL WHERE id = ?').run(id);
      refresh(db.prepare('SELECT example_id FROM label WHERE id = ?').pluck().get(id) as number);
    },
    /** Judges every output anew, after the task has changed; how many examples that made a difference to. Call inside a transaction. */
    revalidate(isValid: (output: Json) => boolean): number {
      const outputs = db
        .prepare('SELECT DISTINCT output_json AS outputJson, is_valid AS isValid FROM label')
        .all() as Pick<LabelRow, 'outputJson' | 'isValid'>[];
      const touched = new Set<number>();
      for (const { outputJson, isValid: was } of outputs) {
        const is = isValid(JSON.parse(outputJson) as Json) ? 1 : 0;
        if (is === was) continue;
        db.prepare('UPDATE label SET is_valid = ? WHERE output_json = ?').run(is, outputJson);
        const ids = db
          .prepare('SELECT DISTINCT example_id FROM label WHERE output_json = ?')
          .pluck()
          .all(outputJson) as number[];
        for (const id of ids) touched.add(id);
      }
      for (const id of touched) refresh(id);
      return touched.size;
    },
    of(exampleId: number): Label[] {
      return (
        db
          .prepare(
            `SELECT ${labelColumns} FROM label WHERE example_id = ? AND withdrawn_at_ms IS NULL ORDER BY id`,
          )
          .all(exampleId) as LabelRow[]
      ).map(toLabel);
    },
    /** Every label that an example ever had, withdrawn ones included, in order of time. */
    historyOf(exampleId: number): PastLabel[] {
      const rows = db
        .prepare(
          `SELECT ${labelColumns}, created_at_ms AS atMs, withdrawn_at_ms AS withdrawnAtMs FROM label
           WHERE example_id = ? ORDER BY id`,
        )
        .all(exampleId) as (LabelRow & { atMs: number; withdrawnAtMs: number | null })[];
      return rows.map(({ atMs, withdrawnAtMs, ...row }) => ({
        ...toLabel(row),
        atMs,
        isWithdrawn: withdrawnAtMs !== null,
      }));
    },
    /** How many labels of an author each example has. */
    countsBy(author: Author): Map<number, number> {
      const rows = db
        .prepare(
          'SELECT example_id, count(*) FROM label WHERE author = ? AND withdrawn_at_ms IS NULL GROUP BY example_id',
        )
        .raw()
        .all(author);
      return new Map(rows as [number, number][]);
    },
    /** Labels of an author in order of time; of one split's examples when it is given. */
    byAuthor(author: Author, split?: Split): Label[] {
      const inSplit = 'AND example_id IN (SELECT id FROM example WHERE split = ?)';
      return (
        db
          .prepare(
            `SELECT ${labelColumns} FROM label WHERE author = ? AND withdrawn_at_ms IS NULL
             ${split === undefined ? '' : inSplit} ORDER BY id`,
          )
          .all(author, ...(split === undefined ? [] : [split])) as LabelRow[]
      ).map(toLabel);
    },
  };
}

interface StoredLabel {
  readonly author: Author;
  readonly outputJson: string;
  readonly isValid: number;
  readonly confidence: number | null;
}

/**
 * Human over rule over teacher consensus over imported. A person's last word counts; a teacher's valid answers
 * vote, the earlier answer winning a tie.
 */
export function deriveCurrent(
  labels: readonly StoredLabel[],
): (StoredLabel & { agreement: number }) | undefined {
  const strongest = Math.max(0, ...labels.map((label) => strength[label.author]));
  if (strongest === 0) return undefined;
  const candidates = labels.filter((label) => strength[label.author] === strongest);
  if (strongest !== strength.teacher) return { ...candidates.at(-1)!, agreement: 1 };

  const voters = candidates.some((label) => label.isValid)
    ? candidates.filter((label) => label.isValid)
    : candidates;
  const votes = new Map<string, StoredLabel[]>();
  for (const label of voters)
    votes.set(label.outputJson, [...(votes.get(label.outputJson) ?? []), label]);
  const winners = [...votes.values()].reduce((best, group) =>
    group.length > best.length ? group : best,
  );
  const confidences = winners.map((label) => label.confidence).filter((value) => value !== null);
  const mean =
    confidences.length === 0
      ? null
      : confidences.reduce((sum, value) => sum + value, 0) / confidences.length;
  return { ...winners[0]!, confidence: mean, agreement: winners.length / candidates.length };
}

interface LabelRow {
  readonly id: number;
  readonly exampleId: number;
  readonly author: Author;
  readonly name: string | null;
  readonly outputJson: string;
  readonly isValid: number;
  readonly confidence: number | null;
  readonly probabilitiesJson: string | null;
}

const labelColumns = `id, example_id AS exampleId, author, name, output_json AS outputJson, is_valid AS isValid,
  confidence, probabilities_json AS probabilitiesJson`;

function toLabel({ outputJson, isValid, probabilitiesJson, ...row }: LabelRow): Label {
  return {
    ...row,
    output: JSON.parse(outputJson) as Json,
    isValid: isValid === 1,
    probabilities:
      probabilitiesJson === null ? null : (JSON.parse(probabilitiesJson) as Record<string, number>),
  };
}
