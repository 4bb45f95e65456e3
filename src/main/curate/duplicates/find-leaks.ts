import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import type { CanonicalTexts } from './canonical.ts';
import { type Comparison, compareTexts } from './compare.ts';
import { countWords, traceOfCopy } from './copy-trace.ts';
import { findNearDuplicates } from './find-near-duplicates.ts';
import { tokenize } from './normalise.ts';

export interface Leak {
  /** Positions in the list of texts. */
  readonly train: number;
  readonly guarded: number;
  /** 1 for the same text; a copy with an edit lies above 0.5, another wording of the same below. */
  readonly similarity: number;
  readonly edits: readonly string[];
}

/** So many words in a row that two texts share by chance hardly ever. @see Brown et al., "Language models are few-shot learners", 2020, appendix C */
const PASSAGE_WORDS = 13;
/** A long passage of a text is suspicious; nearly all of it is a copy. */
const PASSAGE_WEIGHT = 0.6;
/** People ask one thing in nearly the same words: that alone is no leak, so it counts half. */
const REWORDING_WEIGHT = 0.45;

/**
 * Finds pairs of a training text (side 0) and a guarded text (side 1) that repeat each other: copies, also edited
 * ones, near-duplicates in other words, and shared passages of 13 words or more.
 */
export async function findLeaks(
  texts: readonly string[],
  sides: Uint8Array,
  work: Work,
): Promise<Leak[]> {
  const counts = countWords(texts);
  const compare = (canonical: CanonicalTexts, a: number, b: number): Comparison | undefined => {
    const [train, guarded] = sides[a] === 0 ? [a, b] : [b, a];
    const trace = traceOfCopy(texts[train]!, texts[guarded]!, counts);
    if (trace !== undefined) {
      const longest = Math.max(texts[train]!.length, texts[guarded]!.length);
      return {
        similarity: trace === '' ? 1 : 1 - 2 / (longest + 4),
        edits: trace === '' ? [] : [trace],
      };
    }
    const near = compareTexts(canonical, a, b);
    return near && { ...near, similarity: near.similarity * REWORDING_WEIGHT };
  };
  const leaks = new Map<string, Leak>();
  for (const { a, b, similarity, edits } of await findNearDuplicates(
    texts,
    { sides, compare },
    work,
  )) {
    const [train, guarded] = sides[a] === 0 ? [a, b] : [b, a];
    leaks.set(`${train} ${guarded}`, { train, guarded, similarity, edits });
  }
  for (const leak of findPassages(texts, sides, work)) {
    const key = `${leak.train} ${leak.guarded}`;
    if ((leaks.get(key)?.similarity ?? 0) < leak.similarity) leaks.set(key, leak);
  }
  return [...leaks.values()].sort((x, y) => x.train - y.train || x.guarded - y.guarded);
}

/** A shared passage counts as the share of the guarded text that it covers. */
function* findPassages(texts: readonly string[], sides: Uint8Array, work: Work): Generator<Leak> {
  const guardedBy = new Map<string, number>();
  for (let i = 0; i < texts.length; i++)
    if (sides[i] === 1)
      for (const passage of passages(texts[i]!))
        if (!guardedBy.has(passage)) guardedBy.set(passage, i);
  for (let i = 0; i < texts.length; i++) {
    if (i % 1024 === 0) throwIfCancelled(work.signal);
    if (sides[i] === 1) continue;
    const hits = new Map<number, string[]>();
    for (const passage of passages(texts[i]!)) {
      const guarded = guardedBy.get(passage);
      if (guarded !== undefined) hits.set(guarded, [...(hits.get(guarded) ?? []), passage]);
    }
    for (const [guarded, found] of hits) {
      const covered = found.length + PASSAGE_WORDS - 1;
      const share = Math.min(1, covered / tokenize(texts[guarded]!).length);
      const similarity = share * PASSAGE_WEIGHT;
      yield { train: i, guarded, similarity, edits: [`passage: ${found[0]}`] };
    }
  }
}

function* passages(text: string): Generator<string> {
  const words = tokenize(text);
  for (let i = 0; i + PASSAGE_WORDS <= words.length; i++)
    yield words.slice(i, i + PASSAGE_WORDS).join(' ');
}
