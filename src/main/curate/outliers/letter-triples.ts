import { type Oddity, scoreBeyond } from './oddity.ts';

const BUCKETS = 1 << 20;
/** With fewer rows too many triples of usual words are still new. */
const MIN_ROWS = 300;
const MIN_TRIPLES = 6;
/** So much of what may be new in a text at all: half way to a text of which nothing occurs elsewhere. */
const MAX_EXCESS = 0.6;
const MIN_TOLD_EXCESS = 0.4;
/** Shares of new triples are counted in so many steps. */
const STEPS = 100;
const MAX_UNITS = 2_000;

/**
 * Judges how much of a text is made of letter triples that no other row has: gibberish, and words of languages that are
 * not known here. Rows are learnt in a first pass, in their order, and judged in a second one; memory does not grow with
 * them.
 */
export function createTripleJudge() {
  /** Rows that have a triple, by its hash. */
  const rowsWith = new Int32Array(BUCKETS);
  const lastRow = new Int32Array(BUCKETS).fill(-1);
  const shares = new Int32Array(STEPS + 1);
  let rows = 0;
  let usual: number | undefined;

  /** The share of a row's triples that only it has; undefined where there are too few. */
  function newShare(text: string): number | undefined {
    let all = 0;
    let own = 0;
    for (const bucket of triples(text)) {
      all++;
      if (rowsWith[bucket]! <= 1) own++;
    }
    return all < MIN_TRIPLES ? undefined : own / all;
  }

  return {
    learn(text: string): void {
      for (const bucket of triples(text)) {
        if (lastRow[bucket] === rows) continue;
        lastRow[bucket] = rows;
        rowsWith[bucket]!++;
      }
      rows++;
    },
    /** Once all rows are learnt, and before any is judged. */
    measure(text: string): void {
      const share = newShare(text);
      if (share !== undefined) shares[Math.round(share * STEPS)]!++;
    },
    judge(text: string): Oddity | undefined {
      if (rows < MIN_ROWS) return undefined;
      usual ??= median(shares) / STEPS;
      const share = newShare(text);
      if (share === undefined || share <= usual) return undefined;
      const excess = (share - usual) / (1 - usual);
      if (excess < MIN_TOLD_EXCESS) return undefined;
      return {
        kind: 'gibberish',
        score: scoreBeyond(excess, MAX_EXCESS),
        reason: `${Math.round(100 * share)} % of its letter sequences occur in no other record: typed at random, or in another language.`,
      };
    },
  };
}

/** Hashes of the triples of letters and gaps; digits count as one letter. */
function* triples(text: string): Generator<number> {
  const lower = text.toLowerCase();
  const end = Math.min(lower.length, MAX_UNITS);
  let a = 0;
  let b = 0;
  for (let i = 0; i < end; i++) {
    const code = lower.charCodeAt(i);
    const c = code >= 48 && code <= 57 ? 48 : code < 48 || (code > 57 && code < 97) ? 32 : code;
    if (c === 32 && b === 32) continue;
    if (i >= 2)
      yield (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)) >>> 12;
    a = b;
    b = c;
  }
}

function median(counts: Int32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= half;
  });
}
