import type { StandsIn } from '../../values/facts/stands-in.ts';
import { createReplyReader } from '../../values/replies/read-reply.ts';
import { fold } from '../../values/text/fold.ts';
import { alignTokens } from './align-tokens.ts';
import { compareRows } from './cluster-rows.ts';
import { judgeRegion } from './judge-region.ts';
import { FEWEST_ROWS, FEWEST_SAYING, MOST_FRUITLESS } from './limits.ts';
import { listRegions, type Region } from './list-regions.ts';
import type { ReplyRow } from './reply-row.ts';

/** A type of reply before its values have names. */
export interface DraftType {
  /** Words of one row's reply; a number stands for a value. */
  readonly parts: readonly (string | number)[];
  /** What the rows say for each value, by number. */
  readonly values: readonly (readonly string[])[];
}

/** Shares of the rows that say a word alike: to see where they part ways, and to see what they have in common. */
const NEARLY_ALL = 0.8;
const MOST = 0.5;
/** So many wordings are tried at most, of persons and of others. */
const MOST_TRIED = 10;
/** Two values that are the same in so many of the rows are one. */
const SAME = 0.95;

/**
 * The types among rows that say nearly the same: where they differ there is a value, a matter of wording, or another
 * type, whose rows are then looked at by themselves, as are those that the type found does not read.
 */
export function draftTypes(
  unsorted: readonly ReplyRow[],
  standsIn: StandsIn,
  fruitless = 0,
): DraftType[] {
  if (unsorted.length < FEWEST_ROWS || fruitless >= MOST_FRUITLESS) return [];
  const rows = unsorted.toSorted(compareRows);
  const usual = findUsual(rows);
  for (const share of [NEARLY_ALL, MOST])
    for (const region of listRegions(rows, usual, share)) {
      const judged = judgeRegion(rows, region, standsIn);
      if (judged.is !== 'split') continue;
      const [first, others] = [true, false].map((is) =>
        rows.filter((_, r) => judged.isFirst[r] === is),
      );
      return [...draftTypes(first!, standsIn), ...draftTypes(others!, standsIn)];
    }
  const draft = draftType(rows, usual, standsIn);
  // Those in the usual wording had their turn, whatever came of it.
  const isRead = draft ? createDraftReader(draft) : () => false;
  const rest = rows.filter((row) => row.skeleton !== usual.skeleton && !isRead(row.output));
  return [...(draft ? [draft] : []), ...draftTypes(rest, standsIn, draft ? 0 : fruitless + 1)];
}

function createDraftReader({ parts }: DraftType): (reply: string) => boolean {
  const named = parts.map((part) => (typeof part === 'string' ? part : { slot: String(part) }));
  const read = createReplyReader([{ name: '', parts: named }]);
  return (reply) => read(reply) !== undefined;
}

/** The type that most of the rows follow; undefined where they say something that no text gives. */
function draftType(
  rows: readonly ReplyRow[],
  usual: ReplyRow,
  standsIn: StandsIn,
): DraftType | undefined {
  const regions = listRegions(rows, usual, MOST);
  const judged = regions.map((region) => judgeRegion(rows, region, standsIn));
  if (judged.some(({ is }) => is === 'unknown')) return undefined;
  const values = regions.filter((_, k) => judged[k]!.is === 'value');
  for (const spokesman of listSpokesmen(rows, values, standsIn)) {
    const draft = toDraft(rows, values, spokesman);
    const isRead = createDraftReader(draft);
    if (rows.filter(({ output }) => isRead(output)).length >= FEWEST_ROWS) return draft;
  }
  return undefined;
}

/** The type in the words of one row. */
function toDraft(
  rows: readonly ReplyRow[],
  values: readonly Region[],
  spokesman: number,
): DraftType {
  const numbers = numberValues(values);
  const { output, tokens } = rows[spokesman]!;
  const parts: (string | number)[] = [];
  let last = 0;
  for (const [k, { ranges }] of values.entries()) {
    const { start, end } = ranges[spokesman]!;
    parts.push(output.slice(last, tokens[start]!.start), numbers[k]!);
    last = tokens[end - 1]!.end;
  }
  parts.push(output.slice(last));
  const count = Math.max(-1, ...numbers) + 1;
  return {
    parts: parts.filter((part) => part !== ''),
    values: Array.from({ length: count }, (_, number) =>
      values[numbers.indexOf(number)]!.contents.flatMap((content) => content || []),
    ),
  };
}

/** A row in the wording that comes most often. */
function findUsual(rows: readonly ReplyRow[]): ReplyRow {
  const wordings = [...Map.groupBy(rows, ({ skeleton }) => skeleton).values()];
  return wordings.reduce((best, own) => (own.length > best.length ? own : best))[0]!;
}

/**
 * The rows in whose words the type may be said, the best first: of those whose values their texts give, the ones that a
 * person approved before the others, and the more usual wordings first. Each word must be a person's, or be said in
 * rows of several groups: copies and descendants of one row say what it says.
 */
function listSpokesmen(
  rows: readonly ReplyRow[],
  values: readonly Region[],
  standsIn: StandsIn,
): number[] {
  const whole = [...rows.keys()].filter((r) =>
    values.every(({ contents }) => contents[r] && standsIn(rows[r]!, contents[r])),
  );
  return [true, false].flatMap((isHuman) => {
    const own = whole.filter((r) => rows[r]!.isHuman === isHuman);
    const rangesOf = (r: number) => values.map(({ ranges }) => ranges[r]!);
    const wordings = largestFirst(own, (r) => wordingOf(rows[r]!, rangesOf(r)));
    return wordings
      .map((alike) => largestFirst(alike, (r) => writtenOf(rows[r]!, rangesOf(r)))[0]![0]!)
      .filter((r) => isHuman || isCommon(rows, r, values))
      .slice(0, MOST_TRIED);
  });
}

/** Items that have the same key together, the most frequent key first, and of equal ones the one that came first. */
function largestFirst<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...Map.groupBy(items, keyOf).values()].sort((a, b) => b.length - a.length);
}

type Ranges = readonly { readonly start: number; readonly end: number }[];

/** A reply as it is written, spaces and lines too, with its values as blanks. */
function writtenOf({ output, tokens }: ReplyRow, ranges: Ranges): string {
  const ends = ranges.map(({ end }) => tokens[end - 1]!.end);
  return [...ranges.map(({ start }) => tokens[start]!.start), output.length]
    .map((start, i) => output.slice(ends[i - 1] ?? 0, start))
    .join('\u0000');
}

/** The words of a reply with its values as blanks. */
function wordingOf({ tokens }: ReplyRow, ranges: Ranges): string {
  return tokens
    .map(({ key }, t) => (ranges.some(({ start, end }) => start <= t && t < end) ? '\u0000' : key))
    .join(' ');
}

function isCommon(rows: readonly ReplyRow[], r: number, values: readonly Region[]): boolean {
  const { tokens } = rows[r]!;
  const saying = tokens.map(() => new Set<string>());
  for (const row of rows)
    for (const [t] of alignTokens(tokens, row.tokens).pairs) saying[t]!.add(row.group);
  return tokens.every(
    (_, t) =>
      saying[t]!.size >= FEWEST_SAYING ||
      values.some(({ ranges }) => ranges[r]!.start <= t && t < ranges[r]!.end),
  );
}

/** The same number for places that say the same value. */
function numberValues(values: readonly Region[]): number[] {
  const numbers: number[] = [];
  for (const { contents } of values) {
    const same = numbers.findIndex((_, other) => {
      const both = contents.flatMap((content, r) => {
        const rival = values[other]!.contents[r];
        return content && rival ? [fold(content) === fold(rival)] : [];
      });
      return both.length > 0 && both.filter(Boolean).length >= SAME * both.length;
    });
    numbers.push(same >= 0 ? numbers[same]! : Math.max(-1, ...numbers) + 1);
  }
  return numbers;
}
