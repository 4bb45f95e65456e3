const DELIMITERS = [',', '\t', ';', '|'] as const;
const SNIFFED_RECORDS = 20;

/** How a table is written as text. */
export interface CsvFormat {
  /** 2 when the first line only says which delimiter follows, as Excel writes it (`sep=;`). */
  readonly fromLine: 1 | 2;
  readonly delimiter: string;
  readonly lineEnds: readonly string[];
}

/** Tells the format of a table from its first records. */
export function sniffFormat(start: string): CsvFormat {
  const declared = start.match(/^sep=([,;|\t])\r?\n/i)?.[1];
  return {
    delimiter: declared ?? sniffDelimiter(start),
    lineEnds: sniffLineEnds(start),
    fromLine: declared === undefined ? 1 : 2,
  };
}

/** A carriage return alone ends a row only where it ends the header too: elsewhere it is part of a text. */
function sniffLineEnds(start: string): readonly string[] {
  const firstEnd = start.replaceAll(/"[^"]*"/g, '').match(/\r\n|\n|\r/)?.[0];
  return firstEnd === '\r' ? ['\r'] : ['\r\n', '\n'];
}

/** The delimiter that splits the first records most evenly; a comma when none does. */
function sniffDelimiter(start: string): string {
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = countPerRecord(start, delimiter);
    const [first = 0] = counts;
    if (first === 0) continue;
    const even = counts.filter((count) => count === first).length / counts.length;
    const score = even + Math.min(first, 9) / 100;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** How often a delimiter stands outside of quotes in each of the first complete records. */
function countPerRecord(start: string, delimiter: string): number[] {
  const counts: number[] = [];
  let [count, length, isQuoted] = [0, 0, false];
  for (let i = 0; i < start.length && counts.length < SNIFFED_RECORDS; i++) {
    const character = start[i];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) count++;
    else if (character === '\n' || character === '\r') {
      if (length > 0) counts.push(count);
      [count, length] = [0, 0];
      continue;
    }
    length++;
  }
  if (length > 0 && counts.length === 0) counts.push(count);
  return counts;
}
