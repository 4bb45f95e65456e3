export interface Answer {
  /** The answer's canonical JSON. */
  readonly key: string;
  readonly confidence: number;
}

/** A baseline that answers a text from the training rows alone. */
export interface Baseline {
  /** `without` names a row that is left out of the vote: the text's own. */
  predict(text: string, without?: number): Answer;
}

const NEIGHBOURS = 5;

/**
 * k-nearest neighbours by cosine of TF-IDF over words and word pairs, k = 5, votes weighted by similarity.
 * Units: memory about 16 bytes for each word of the training rows.
 */
export function createNeighbours(texts: readonly string[], keys: readonly string[]): Baseline {
  const vocabulary = new Map<string, number>();
  const rows = texts.map((text) => countTerms(text, vocabulary, true));
  const documents = new Float64Array(vocabulary.size);
  for (const row of rows) for (const term of row.keys()) documents[term]!++;
  // idf = ln((1 + N) / (1 + df)) + 1
  const idf = documents.map((df) => Math.log((1 + texts.length) / (1 + df)) + 1);
  const postings = buildPostings(rows, documents, idf);

  const classes = [...new Set(keys)];
  const classIds = new Map(classes.map((key, id) => [key, id]));
  const classOf = Int32Array.from(keys, (key) => classIds.get(key)!);
  const mostCommon = majorityOf(keys);
  const similarity = new Float64Array(texts.length);

  return {
    predict(text, without) {
      const touched: number[] = [];
      for (const [term, count] of countTerms(text, vocabulary, false)) {
        const weight = (1 + Math.log(count)) * idf[term]!;
        const end = postings.starts[term + 1]!;
        for (let i = postings.starts[term]!; i < end; i++) {
          const row = postings.rows[i]!;
          if (row === without) continue;
          if (similarity[row] === 0) touched.push(row);
          similarity[row]! += weight * postings.weights[i]!;
        }
      }
      const nearest = topRows(touched, similarity);
      const votes = new Map<number, number>();
      let total = 0;
      for (const row of nearest) {
        const weight = similarity[row]!;
        total += weight;
        votes.set(classOf[row]!, (votes.get(classOf[row]!) ?? 0) + weight);
      }
      for (const row of touched) similarity[row] = 0;
      if (nearest.length === 0) return { key: mostCommon.key, confidence: 0 };
      const [winner, weight] = [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best));
      return { key: classes[winner]!, confidence: weight / total };
    },
  };
}

/** Always the most frequent answer of the training rows. */
export function createMajority(keys: readonly string[]): Baseline {
  const { key, share } = majorityOf(keys);
  return { predict: () => ({ key, confidence: share }) };
}

function majorityOf(keys: readonly string[]): { key: string; share: number } {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [key, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return { key, share: count / keys.length };
}

function countTerms(
  text: string,
  vocabulary: Map<string, number>,
  isGrowing: boolean,
): Map<number, number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const counts = new Map<number, number>();
  const add = (term: string) => {
    let id = vocabulary.get(term);
    if (id === undefined) {
      if (!isGrowing) return;
      id = vocabulary.size;
      vocabulary.set(term, id);
    }
    counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  words.forEach((word, i) => {
    add(word);
    if (i > 0) add(`${words[i - 1]} ${word}`);
  });
  return counts;
}

interface Postings {
  /** The rows of term t lie in starts[t] .. starts[t + 1]. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

function buildPostings(
  rows: readonly ReadonlyMap<number, number>[],
  documents: Float64Array,
  idf: Float64Array,
): Postings {
  const starts = new Int32Array(documents.length + 1);
  for (let term = 0; term < documents.length; term++)
    starts[term + 1] = starts[term]! + documents[term]!;
  const next = starts.slice();
  const rowOf = new Int32Array(starts.at(-1)!);
  const weights = new Float32Array(starts.at(-1)!);
  rows.forEach((counts, row) => {
    let squares = 0;
    for (const [term, count] of counts) squares += ((1 + Math.log(count)) * idf[term]!) ** 2;
    for (const [term, count] of counts) {
      const at = next[term]!++;
      rowOf[at] = row;
      weights[at] = ((1 + Math.log(count)) * idf[term]!) / Math.sqrt(squares);
    }
  });
  return { starts, rows: rowOf, weights };
}

/** The k most similar rows; an earlier row wins a tie. */
function topRows(candidates: readonly number[], similarity: Float64Array): number[] {
  const top: number[] = [];
  const isBefore = (a: number, b: number) =>
    similarity[a]! > similarity[b]! || (similarity[a] === similarity[b] && a < b);
  for (const row of candidates) {
    if (top.length === NEIGHBOURS && !isBefore(row, top.at(-1)!)) continue;
    let at = top.length;
    while (at > 0 && isBefore(row, top[at - 1]!)) at--;
    top.splice(at, 0, row);
    if (top.length > NEIGHBOURS) top.pop();
  }
  return top;
}
