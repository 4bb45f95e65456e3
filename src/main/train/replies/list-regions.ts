import { alignTokens } from './align-tokens.ts';
import type { ReplyRow } from './reply-row.ts';

/** A stretch between words that all rows say alike. */
export interface Region {
  /** Tokens of each row in it, `end` exclusive; undefined for a row that says the words around it otherwise. Shapes: [N]. */
  readonly ranges: readonly (TokenRange | undefined)[];
  /** What each row says there, as it is written; empty for nothing. */
  readonly contents: readonly (string | undefined)[];
}

export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches in which rows of one kind differ from its most usual wording, left to right. A word that so large a share
 * of the rows says alike is of all; what the others say in its place is left aside.
 */
export function listRegions(
  rows: readonly ReplyRow[],
  usual: ReplyRow,
  fixedShare: number,
): Region[] {
  const { tokens } = usual;
  const places = rows.map((row) => new Map(alignTokens(tokens, row.tokens).pairs));
  const fixed = [...tokens.keys()].filter(
    (i) => places.filter((own) => own.has(i)).length >= fixedShare * rows.length,
  );
  const bounds = [-1, ...fixed, tokens.length];
  return bounds.slice(1).flatMap((right, k): Region[] => {
    const left = bounds[k]!;
    const ranges = rows.map((row, r): TokenRange | undefined => {
      const start = left < 0 ? 0 : places[r]!.get(left);
      const end = right === tokens.length ? row.tokens.length : places[r]!.get(right);
      if (start === undefined || end === undefined) return undefined;
      return { start: left < 0 ? 0 : start + 1, end };
    });
    const contents = ranges.map((range, r) => range && contentOf(rows[r]!, range));
    return contents.some((content) => content) ? [{ ranges, contents }] : [];
  });
}

function contentOf({ output, tokens }: ReplyRow, { start, end }: TokenRange): string {
  return start >= end ? '' : output.slice(tokens[start]!.start, tokens[end - 1]!.end);
}
