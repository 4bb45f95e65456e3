import { changesMeaning } from '../../values/replies/reply-words.ts';
import type { ReplyToken } from './reply-row.ts';

/** So dear is a change of meaning: no two replies that differ by one are of one type. */
const FORBIDDEN = 1_000;
/** What stands in both texts may well be a value, and values differ. */
const VALUE = 0.25;

export interface TokenAlignment {
  /** Sum of what the differences cost; a word that is not of its text costs 1. */
  readonly cost: number;
  /** Places of tokens that are the same in both, in order. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
}

/** What a token costs that only one of the two has. */
function costOf({ fact, isWeighty, isName, isInText }: ReplyToken): number {
  if (isInText) return VALUE;
  if (fact !== undefined) return 1;
  return isWeighty && !isName ? FORBIDDEN : 1;
}

function costOfChange(a: ReplyToken, b: ReplyToken): number {
  if (a.key === b.key) return 0;
  if (a.isInText && b.isInText) return VALUE;
  if (a.fact !== undefined || b.fact !== undefined) return a.fact === b.fact ? 0.5 : 1;
  if (a.isName || b.isName) return 1;
  return changesMeaning(a, b) ? FORBIDDEN : 1;
}

/**
 * The cheapest way to turn one reply into another, token by token.
 * @see Wagner and Fischer, "The string-to-string correction problem", 1974
 */
export function alignTokens(a: readonly ReplyToken[], b: readonly ReplyToken[]): TokenAlignment {
  const width = b.length + 1;
  const cost = new Float64Array((a.length + 1) * width);
  for (let j = 1; j <= b.length; j++) cost[j] = cost[j - 1]! + costOf(b[j - 1]!);
  for (let i = 1; i <= a.length; i++) {
    const row = i * width;
    cost[row] = cost[row - width]! + costOf(a[i - 1]!);
    for (let j = 1; j <= b.length; j++)
      cost[row + j] = Math.min(
        cost[row - width + j - 1]! + costOfChange(a[i - 1]!, b[j - 1]!),
        cost[row - width + j]! + costOf(a[i - 1]!),
        cost[row + j - 1]! + costOf(b[j - 1]!),
      );
  }
  const pairs: [number, number][] = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 && j > 0) {
    const own = cost[i * width + j]!;
    if (own === cost[(i - 1) * width + j - 1]! + costOfChange(a[i - 1]!, b[j - 1]!)) {
      i--;
      j--;
      if (a[i]!.key === b[j]!.key) pairs.push([i, j]);
    } else if (own === cost[(i - 1) * width + j]! + costOf(a[i - 1]!)) i--;
    else j--;
  }
  return { cost: cost.at(-1)!, pairs: pairs.reverse() };
}
