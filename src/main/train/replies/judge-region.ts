import type { StandsIn } from '../../values/facts/stands-in.ts';
import { fold } from '../../values/text/fold.ts';
import { doTextsDiffer } from './depends-on-text.ts';
import { FEWEST_ROWS } from './limits.ts';
import type { Region } from './list-regions.ts';
import type { ReplyRow } from './reply-row.ts';

/** What a stretch is in which the rows of a kind differ. */
export type RegionJudgement =
  /** A value that the text gives. */
  | { readonly is: 'value' }
  /** Now this, now that, whatever the text says: a matter of wording. */
  | { readonly is: 'wording' }
  /** Something that differs from row to row and that no text gives: nobody can say it. */
  | { readonly is: 'unknown' }
  /** Two kinds of reply: these rows say one, the others the other. Shapes: isFirst [N]. */
  | { readonly is: 'split'; readonly isFirst: readonly boolean[] };

/** From these shares of the rows on whose text gives what they say, it is a value: with three different ones, or two. */
const MOSTLY = 0.5;
const NEARLY_ALL = 0.8;
/** Rows that say the same here, so many of those that say no value, say it on purpose. */
const COMMON = 0.6;

export function judgeRegion(
  rows: readonly ReplyRow[],
  { contents }: Region,
  standsIn: StandsIn,
): RegionJudgement {
  const known = [...rows.keys()].filter((r) => contents[r] !== undefined);
  const keyOf = (r: number) => fold(contents[r]!);
  const isFound = rows.map((row, r) => Boolean(contents[r]) && standsIn(row, contents[r]!));
  const found = known.filter((r) => isFound[r]);
  const others = known.filter((r) => !isFound[r]);
  const different = new Set(found.map(keyOf)).size;
  const variants = Map.groupBy(known, keyOf);
  const sizes = [...variants.values()].map((own) => own.length).sort((a, b) => b - a);
  const most = sizes[0] ?? 0;

  const isValue = different >= 2 && found.length >= FEWEST_ROWS && most < known.length - 1;
  if (isValue) {
    const otherwise = Map.groupBy(others, keyOf);
    const usual = Math.max(0, ...[...otherwise.values()].map((own) => own.length));
    // "Hi Anna" and "Hi there".
    if (usual >= FEWEST_ROWS && usual >= COMMON * others.length && different >= 3)
      return { is: 'split', isFirst: isFound };
    const share = found.length / known.length;
    if (share >= NEARLY_ALL || (share >= MOSTLY && different >= 3)) return { is: 'value' };
  }
  if (most < FEWEST_ROWS) return { is: 'unknown' };
  if ((sizes[1] ?? 0) >= FEWEST_ROWS) {
    const [first] = [...variants.values()].sort((a, b) => b.length - a.length);
    const isFirst = rows.map((_, r) => first!.includes(r));
    const textsOf = (is: boolean) =>
      known.filter((r) => isFirst[r] === is).map((r) => rows[r]!.text);
    if (doTextsDiffer(textsOf(true), textsOf(false))) return { is: 'split', isFirst };
  }
  return { is: 'wording' };
}
