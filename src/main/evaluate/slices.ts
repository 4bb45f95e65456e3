import type { Slice } from '../../shared/contract/evaluate.ts';
import { quantile } from '../lib/statistics/bootstrap.ts';
import { wilson } from '../lib/statistics/wilson.ts';
import type { GoldRow } from '../store/gold.ts';

export interface SliceContext {
  readonly flagged: ReadonlySet<number>;
  readonly sourceNames: ReadonlyMap<number, string>;
  /** Right answers are labels, and not texts of their own. */
  readonly hasLabels: boolean;
}

const SMALL = 30;
const MOST_LABELS = 500;

/**
 * The rows cut by origin, length, right label, open flags and source file; cuts of one part only are left
 * out. Lengths stand in their order, all others with the worst first.
 */
export function sliceRows(
  rows: readonly GoldRow[],
  isRight: readonly boolean[],
  { flagged, sourceNames, hasLabels }: SliceContext,
): Slice[] {
  const lengths = Float64Array.from(rows, ({ example }) => example.text.length).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => quantile(lengths, share));
  const lengthName = (length: number) => {
    const quarter = cuts.filter((cut) => length > cut).length;
    const from = quarter === 0 ? lengths[0]! : Math.floor(cuts[quarter - 1]!) + 1;
    const to = quarter === 3 ? lengths.at(-1)! : Math.floor(cuts[quarter]!);
    return `${from} to ${to} characters`;
  };
  const cutters: Readonly<Record<Slice['by'], (row: GoldRow) => string | undefined>> = {
    origin: ({ example }) => example.origin,
    length: ({ example }) => lengthName(example.text.length),
    label: ({ gold }) => (hasLabels && typeof gold === 'string' ? gold : undefined),
    flagged: ({ example }) => (flagged.has(example.id) ? 'flagged' : 'not flagged'),
    source: ({ example }) =>
      example.sourceId === null ? undefined : sourceNames.get(example.sourceId),
  };
  return Object.entries(cutters).flatMap(([by, nameOf]) => {
    const parts = new Map<string, { n: number; right: number }>();
    rows.forEach((row, i) => {
      const name = nameOf(row);
      if (name === undefined) return;
      const part = parts.get(name) ?? { n: 0, right: 0 };
      parts.set(name, { n: part.n + 1, right: part.right + (isRight[i] ? 1 : 0) });
    });
    if (parts.size < 2 || parts.size > MOST_LABELS) return [];
    const slices = [...parts].map(([name, { n, right }]) => ({
      by: by as Slice['by'], // the keys of `cutters`
      name,
      n,
      accuracy: wilson(right, n),
      isSmall: n < SMALL,
    }));
    return slices.sort(
      by === 'length'
        ? (a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10)
        : (a, b) => a.accuracy.value - b.accuracy.value,
    );
  });
}
