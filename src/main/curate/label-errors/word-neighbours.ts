import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { tokenize } from '../duplicates/normalise.ts';
import { emptyNeighbours, type Neighbours, offer } from './neighbours.ts';

/** A term in more texts than this tells little and costs most of the time. */
const MAX_POSTINGS = 2_000;
const ROWS_BETWEEN_PAUSES = 128;

/** TF-IDF rows of words and word pairs, and for each term the rows that have it. */
interface Index {
  /** Terms of row i are `terms[starts[i] .. starts[i + 1])`, with their weights; rows have length 1. */
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
  /** The same by term. */
  readonly termStarts: Uint32Array;
  readonly rows: Uint32Array;
  readonly rowWeights: Float32Array;
}

/** The rows with the most alike words, by cosine of TF-IDF. Copies of one text (equal `groups`) are no witnesses of each other, and what is held out is one of nothing. */
export async function wordNeighbours(
  texts: readonly string[],
  groups: Int32Array,
  work: Work,
  heldOut: readonly boolean[] = [],
): Promise<Neighbours> {
  const index = buildIndex(texts);
  const neighbours = emptyNeighbours(texts.length);
  const cosines = new Float32Array(texts.length);
  const touched = new Uint32Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    if (row % ROWS_BETWEEN_PAUSES === 0) {
      throwIfCancelled(work.signal);
      work.report({ done: row, total: texts.length, message: 'Comparing words' });
      await yieldToEvents();
    }
    let count = 0;
    for (let p = index.starts[row]!; p < index.starts[row + 1]!; p++) {
      const term = index.terms[p]!;
      const [from, to] = [index.termStarts[term]!, index.termStarts[term + 1]!];
      if (to - from > MAX_POSTINGS) continue;
      for (let q = from; q < to; q++) {
        const other = index.rows[q]!;
        if (cosines[other] === 0) touched[count++] = other;
        cosines[other]! += index.weights[p]! * index.rowWeights[q]!;
      }
    }
    for (let i = 0; i < count; i++) {
      const other = touched[i]!;
      if (groups[other] !== groups[row] && !heldOut[other])
        offer(neighbours, row, other, cosines[other]!);
      cosines[other] = 0;
    }
  }
  return neighbours;
}

function buildIndex(texts: readonly string[]): Index {
  const numbers = new Map<string, number>();
  const documents = texts.map((text) => {
    const counts = new Map<number, number>();
    for (const term of termsOf(text)) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(term, number);
      }
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return counts;
  });
  const termStarts = new Uint32Array(numbers.size + 1);
  for (const counts of documents) for (const term of counts.keys()) termStarts[term + 1]!++;
  const frequencies = termStarts.slice(1);
  for (let term = 0; term < numbers.size; term++) termStarts[term + 1]! += termStarts[term]!;

  const size = termStarts[numbers.size]!;
  const starts = new Uint32Array(texts.length + 1);
  const terms = new Uint32Array(size);
  const weights = new Float32Array(size);
  const rows = new Uint32Array(size);
  const rowWeights = new Float32Array(size);
  const filled = termStarts.slice();
  let used = 0;
  documents.forEach((counts, row) => {
    let squares = 0;
    const first = used;
    for (const [term, count] of counts) {
      // (1 + ln tf) (ln((1 + N) / (1 + df)) + 1)
      const idf = Math.log((1 + texts.length) / (1 + frequencies[term]!)) + 1;
      const weight = (1 + Math.log(count)) * idf;
      terms[used] = term;
      weights[used++] = weight;
      squares += weight * weight;
    }
    const scale = 1 / Math.sqrt(squares || 1);
    for (let p = first; p < used; p++) {
      weights[p]! *= scale;
      const at = filled[terms[p]!]!++;
      rows[at] = row;
      rowWeights[at] = weights[p]!;
    }
    starts[row + 1] = used;
  });
  return { starts, terms, weights, termStarts, rows, rowWeights };
}

function* termsOf(text: string): Generator<string> {
  const words = tokenize(text);
  for (let i = 0; i < words.length; i++) {
    yield words[i]!;
    if (i > 0) yield `${words[i - 1]} ${words[i]}`;
  }
}
