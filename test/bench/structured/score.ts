import { auroc } from '../../../src/main/lib/statistics/auroc.ts';
import type {
  Parse,
  StructuredRow,
} from '../../../src/main/train/structured/structured-student.ts';

type Answer = Pick<Parse, 'frame'> & Pick<StructuredRow, 'spans' | 'choices'>;

/** Everything that is said about a text besides its frame. */
function listParts({ spans, choices }: Answer): Set<string> {
  return new Set([
    ...spans.map(({ slot, start, end }) => `${slot} ${start} ${end}`),
    ...choices.flatMap(({ slot, chosen }) => chosen.map((choice) => `${slot} = ${choice}`)),
  ]);
}

/** Shares in percent; a value counts as found with the right slot and exactly the right ends. */
export function scoreParses(parses: readonly Parse[], rows: readonly StructuredRow[]) {
  let hits = 0;
  let said = 0;
  let asked = 0;
  let frames = 0;
  const isRight: boolean[] = [];
  rows.forEach((row, i) => {
    const parse = parses[i]!;
    const own = listParts(parse);
    const gold = listParts(row);
    const common = [...own].filter((part) => gold.has(part)).length;
    hits += common;
    said += own.size;
    asked += gold.size;
    if (parse.frame === row.frame) frames++;
    isRight.push(parse.frame === row.frame && common === own.size && common === gold.size);
  });
  const withParts = rows.flatMap((row, i) => (listParts(row).size > 0 ? [isRight[i]!] : []));
  const confidence = parses.map(toConfidence);
  const percent = (flags: readonly boolean[]) =>
    (100 * flags.filter(Boolean).length) / flags.length;
  return {
    frame: (100 * frames) / rows.length,
    f1: (200 * hits) / (said + asked),
    exact: percent(isRight),
    /** Of rows that have a value at all. */
    exactWithValues: percent(withParts),
    auroc: auroc(confidence, isRight),
    coverage: coverageAt(0.95, confidence, isRight),
  };
}

function toConfidence({ frameProbability, pathProbability, choices }: Parse): number {
  return choices.reduce(
    (product, { probability }) => product * probability,
    frameProbability * pathProbability,
  );
}

/** The largest share of rows, the surest first, of which at least `precision` are right. */
function coverageAt(
  precision: number,
  confidence: readonly number[],
  isRight: readonly boolean[],
): number {
  const order = [...confidence.keys()].sort((a, b) => confidence[b]! - confidence[a]!);
  let right = 0;
  let best = 0;
  order.forEach((row, i) => {
    if (isRight[row]) right++;
    if (right / (i + 1) >= precision) best = (i + 1) / order.length;
  });
  return best;
}
