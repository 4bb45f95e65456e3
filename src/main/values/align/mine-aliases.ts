import type { Form } from '../../../shared/domain/form/form.ts';
import type { Span } from '../alignment.ts';
import { fold } from '../text/fold.ts';
import type { RowAlignment } from './row-alignment.ts';

/** Folded surfaces that stand for a value, by the value: it means the same in every slot. */
export type AliasTable = ReadonlyMap<string, readonly string[]>;

/** Rows that an alias is seen in at least, and the share of all rows with its words that must have the value. */
const LEAST_ROWS = 4;
const LEAST_PRECISION = 0.9;
/** A word that is this seldom without the value belongs to its alias; others are chance neighbours. */
const LEAST_EDGE_PRECISION = 0.5;
const MAX_WORDS = 3;
const MAX_ALIASES = 8;

/** Values that do not stand in their rows: where they were sought in vain. */
interface Missing {
  readonly value: string;
  readonly rows: ReadonlySet<number>;
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * Finds what stands for values that are never written out: words that occur in the rows with a value and hardly in any
 * other, as "SF" does for "San Francisco". Texts only; dates and numbers are read by rules, enums chosen as a whole.
 */
export function mineAliases(rows: readonly RowAlignment[], form: Form): AliasTable {
  const missing = collectMissing(rows, form);
  if (missing.length === 0) return new Map();
  const grams = countGrams(rows, missing);
  return new Map(missing.map((one) => [one.value, chooseAliases(one, grams)] as const));
}

function collectMissing(rows: readonly RowAlignment[], form: Form): Missing[] {
  const groups = new Map<string, Missing & { readonly rows: Set<number> }>();
  for (const [i, { row, found }] of rows.entries())
    for (const [index, { slot, value }] of row.values.entries()) {
      if (found[index] || typeof value !== 'string' || form.slots[slot]!.type !== 'string')
        continue;
      const group = groups.get(value);
      if (group) group.rows.add(i);
      else groups.set(value, { value, rows: new Set([i]) });
    }
  return [...groups.values()].filter((group) => group.rows.size >= LEAST_ROWS);
}

/** Rows in which each sequence of words stands, of those that some missing value could be meant by. */
function countGrams(
  rows: readonly RowAlignment[],
  missing: readonly Missing[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const candidates = new Set<string>();
  for (const group of missing) {
    const counts = new Map<string, number>();
    for (const i of group.rows)
      for (const gram of gramsOf(rows[i]!)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    for (const [gram, count] of counts) if (count >= LEAST_ROWS) candidates.add(gram);
  }
  const found = new Map([...candidates].map((gram) => [gram, new Set<number>()]));
  for (const [i, row] of rows.entries()) for (const gram of gramsOf(row)) found.get(gram)?.add(i);
  return found;
}

/** The distinct sequences of words between the places that values have taken. */
function gramsOf({ row, isFree }: RowAlignment): ReadonlySet<string> {
  const grams = new Set<string>();
  let run: string[] = [];
  for (const { 0: word, index } of row.text.matchAll(wordPattern)) {
    const span: Span = { start: index, end: index + word.length };
    run = isFree(span) ? [...run.slice(1 - MAX_WORDS), fold(word)] : [];
    for (let from = 0; from < run.length; from++) grams.add(run.slice(from).join(' '));
  }
  return grams;
}

/** The best alias first, then the best for the rows that it leaves over. */
function chooseAliases(
  { rows }: Missing,
  grams: ReadonlyMap<string, ReadonlySet<number>>,
): readonly string[] {
  const precision = (gram: string) => {
    const all = grams.get(gram);
    return all ? all.intersection(rows).size / all.size : 0;
  };
  const fitting = [...grams.keys()].filter(
    (gram) =>
      precision(gram) >= LEAST_PRECISION &&
      gram.split(' ').every((word) => precision(word) >= LEAST_EDGE_PRECISION),
  );
  const chosen: string[] = [];
  let left: ReadonlySet<number> = rows;
  while (chosen.length < MAX_ALIASES) {
    let best: { readonly gram: string; readonly count: number } | undefined;
    for (const gram of fitting) {
      const count = grams.get(gram)!.intersection(left).size;
      if (count < LEAST_ROWS) continue;
      const isBetter = !best || count > best.count;
      if (isBetter || (count === best!.count && gram.length > best!.gram.length))
        best = { gram, count };
    }
    if (!best) break;
    chosen.push(best.gram);
    left = left.difference(grams.get(best.gram)!);
  }
  return chosen;
}
