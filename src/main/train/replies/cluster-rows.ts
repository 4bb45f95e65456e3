import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { alignTokens } from './align-tokens.ts';
import type { ReplyRow } from './reply-row.ts';

/** Replies are of one kind when their differences cost at most this share of the words that are not of their texts. */
const MOST_DIFFERENT = 0.25;
/** And when at least this share of the longer one's tokens is in both. */
const LEAST_COMMON = 0.4;
/** Wordings between two looks at whether to stop. */
const BREATH = 64;

/**
 * Rows whose replies say nearly the same, gathered around the wordings that come most often. The order of the rows
 * does not matter.
 */
export async function clusterRows(rows: readonly ReplyRow[], work: Work): Promise<ReplyRow[][]> {
  const bySkeleton = Map.groupBy(rows, ({ skeleton }) => skeleton);
  const wordings = [...bySkeleton.values()]
    .map((own) => own.toSorted(compareRows))
    .sort((a, b) => b.length - a.length || compareRows(a[0]!, b[0]!));
  const clusters: { readonly leader: ReplyRow; readonly keys: KeyCounts; rows: ReplyRow[] }[] = [];
  for (const [i, own] of wordings.entries()) {
    if (i % BREATH === 0) {
      throwIfCancelled(work.signal);
      work.report({ done: i, total: wordings.length, message: 'Comparing the replies' });
      await setImmediate();
    }
    const row = own[0]!;
    const keys = countKeys(row);
    let nearest: (typeof clusters)[number] | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const cluster of clusters) {
      const longer = Math.max(row.tokens.length, cluster.leader.tokens.length);
      if (countCommon(keys, cluster.keys) < LEAST_COMMON * longer) continue;
      const { cost, pairs } = alignTokens(cluster.leader.tokens, row.tokens);
      const isNear =
        cost <= MOST_DIFFERENT * Math.min(ownWords(row), ownWords(cluster.leader)) &&
        pairs.length >= LEAST_COMMON * longer;
      if (!isNear || cost >= least) continue;
      nearest = cluster;
      least = cost;
    }
    if (nearest) nearest.rows.push(...own);
    else clusters.push({ leader: row, keys, rows: [...own] });
  }
  return clusters.map((cluster) => cluster.rows);
}

/** An order that does not depend on the order in which rows came. */
export function compareRows(a: ReplyRow, b: ReplyRow): number {
  const compare = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return compare(a.output, b.output) || compare(a.text, b.text);
}

const ownWords = ({ tokens }: ReplyRow) => tokens.filter(({ isInText }) => !isInText).length;

type KeyCounts = ReadonlyMap<string, number>;

function countKeys({ tokens }: ReplyRow): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of tokens) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** An upper bound of the tokens that two rows have in common. */
function countCommon(a: KeyCounts, b: KeyCounts): number {
  let common = 0;
  for (const [key, count] of a) common += Math.min(count, b.get(key) ?? 0);
  return common;
}
