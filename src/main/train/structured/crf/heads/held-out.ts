import type { Work } from '../../../../lib/work.ts';
import { dealFolds } from '../../../folds.ts';
import { scoreRows } from '../../../students/linear/one-vs-rest.ts';
import { splitWords } from '../../words/words.ts';
import { createWordFeatureReader } from '../features/word-features.ts';
import { indexVocabulary, toWordMatrix } from '../features/word-vocabulary.ts';
import { createLattice } from '../lattice.ts';
import type { TagSet } from '../tags.ts';
import { fitWordTagger, type MentionedRow } from '../word-tagger.ts';
import type { Head } from './heads.ts';
import { findNamed } from './named.ts';

const FOLDS = 3;
/** So many held-out rows tell enough; further folds would only cost time. */
const ENOUGH_ROWS = 1500;

/** Rows left out of training in turn. */
export interface Fold {
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/** Folds in which each frame is spread evenly, until enough rows have been outside. */
export function dealHeldOut(rows: readonly MentionedRow[], seed: number): Fold[] {
  const all = [...rows.keys()];
  const foldOf = dealFolds(
    rows.map(({ row }) => row.frame),
    all,
    FOLDS,
    seed,
  );
  const folds: Fold[] = [];
  let count = 0;
  for (let fold = 0; fold < FOLDS && count < ENOUGH_ROWS; fold++) {
    const outside = all.filter((n) => foldOf[n] === fold);
    folds.push({ inside: all.filter((n) => foldOf[n] !== fold), outside });
    count += outside.length;
  }
  return folds;
}

/**
 * What a tagger that has not seen the rows outside says of how they name their answers.
 * Shapes: result as `outside`, each [columns].
 */
export async function findNamedOutside(
  rows: readonly MentionedRow[],
  { inside, outside }: Fold,
  tagSet: TagSet,
  heads: readonly Head[],
  seed: number,
  work: Work,
): Promise<Float32Array[]> {
  const tagger = await fitWordTagger(
    inside.map((n) => rows[n]!),
    tagSet,
    heads,
    seed,
    work,
  );
  const readWords = createWordFeatureReader(tagger.gazetteer);
  const index = indexVocabulary(tagger.vocabulary);
  const lattice = createLattice(tagSet, tagger.transitions);
  return outside.map((n) => {
    const { row, mentions } = rows[n]!;
    const emissions = scoreRows(toWordMatrix(readWords(row.input.text), index), tagger.emissions);
    const length = splitWords(row.input.text).starts.length;
    return findNamed(lattice, tagSet, heads, mentions, emissions, length, row.frame);
  });
}
