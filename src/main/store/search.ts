import type { Database } from './database.ts';

export type Search = ReturnType<typeof createSearch>;

/** Texts that are looked up in no index because it has not reached them yet, are read one by one. */
const MAX_CATCH_UP = 10_000;

/**
 * Full-text search over the examples. The index is filled in the background, from where it ends on; what it has not
 * reached yet is found by reading.
 */
export function createSearch(db: Database) {
  const reached = db
    .prepare('SELECT coalesce((SELECT max(id) FROM example_search_docsize), 0)')
    .pluck();
  const last = db.prepare('SELECT coalesce((SELECT max(id) FROM example), 0)').pluck();
  const add = db.prepare(
    'INSERT INTO example_search (rowid, text) SELECT id, text FROM example WHERE id > ? AND id <= ?',
  );
  const isReadOnly = () => db.pragma('query_only', { simple: true }) === 1;

  function fill(count: number): boolean {
    const from = reached.get() as number;
    const end = last.get() as number;
    if (from >= end) return false;
    add.run(from, Math.min(end, from + count));
    return from + count < end;
  }

  /** The words as a question to the index, when the index alone can answer it. */
  function wholly(words: string): string | undefined {
    const isBehind = (last.get() as number) > (reached.get() as number);
    return isBehind ? undefined : toMatch(words);
  }

  function condition(words: string): { sql: string; values: unknown[] } | undefined {
    if (words.trim() === '') return undefined;
    const match = toMatch(words);
    const like = `e.text LIKE ? ESCAPE '\\'`;
    const pattern = `%${words.trim().replace(/[\\%_]/g, '\\$&')}%`;
    if (match === undefined) return { sql: like, values: [pattern] };
    const from = reached.get() as number;
    const missing = (last.get() as number) - from;
    if (missing > 0 && missing <= MAX_CATCH_UP && !isReadOnly() && !db.inTransaction) fill(missing);
    const found = 'e.id IN (SELECT rowid FROM example_search WHERE example_search MATCH ?)';
    const rest = (last.get() as number) - (reached.get() as number);
    return rest <= 0
      ? { sql: found, values: [match] }
      : {
          sql: `(${found} OR (e.id > ? AND ${like}))`,
          values: [match, reached.get(), pattern],
        };
  }

  return {
    /** Adds the next rows to the index; false when none are left. */
    fill,
    condition,
    wholly,
    /** How many texts match, when the index alone can tell. */
    count(words: string): number | undefined {
      if (words.trim() === '')
        return db.prepare('SELECT count(*) FROM example').pluck().get() as number;
      const match = wholly(words);
      if (match === undefined) return undefined;
      return db
        .prepare('SELECT count(*) FROM example_search WHERE example_search MATCH ?')
        .pluck()
        .get(match) as number;
    },
  };
}

/** Every word must occur, as the start of one; scripts without blanks between words have no word to look up. */
function toMatch(words: string): string | undefined {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(words))
    return undefined;
  const parts = words.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return parts.length === 0 ? undefined : parts.map((part) => `"${part}"*`).join(' ');
}
