import type { Work } from '../../../lib/work.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import type { StructuredRow } from '../structured-student.ts';
import { createFormReader } from '../words/forms.ts';
import { splitWords } from '../words/words.ts';
import { fitGazetteer, type Gazetteer } from './features/gazetteer.ts';
import { createWordFeatureReader } from './features/word-features.ts';
import { fitWordVocabulary, indexVocabulary, toWordMatrix } from './features/word-vocabulary.ts';
import { fitTagger } from './fit-tagger.ts';
import type { Head } from './heads/heads.ts';
import type { Mention } from './heads/mentions.ts';
import { type Transitions, toSpans } from './lattice.ts';
import { pruneFeatures } from './prune.ts';
import { tagRows } from './tag-rows.ts';
import type { TagSet } from './tags.ts';

/** With few rows a word seen once may be all there is to know about it; with many it is noise. */
const MANY_ROWS = 4000;
/** Weights and their sums of squares stay within half a gigabyte. */
const MOST_WEIGHTS = 2 ** 26;

/** The part of the student that tags words. Shapes: vocabulary [F], emissions.weights [F, T]. */
export interface WordTagger {
  readonly gazetteer: Gazetteer;
  readonly vocabulary: Uint32Array;
  readonly emissions: LinearModel;
  readonly transitions: Transitions;
}

/** A row, and how its text names the answers of the heads. Shapes: mentions [columns]. */
export interface MentionedRow {
  readonly row: StructuredRow;
  readonly mentions: readonly Mention[];
}

/** Trains on the rows whose values can be tagged; the others teach frame and choices only. */
export async function fitWordTagger(
  rows: readonly MentionedRow[],
  tagSet: TagSet,
  heads: readonly Head[],
  seed: number,
  work: Work,
): Promise<WordTagger> {
  const used = rows.filter(({ row }) => row.weight > 0);
  const found = tagRows(
    used.map(({ row, mentions }) => ({ row, mentions, words: splitWords(row.input.text) })),
    heads,
    tagSet,
  );
  const tagged = used.flatMap(({ row }, i) => {
    const tags = found[i];
    return tags ? { row, tags, spans: toSpans(tags) } : [];
  });
  const readForms = createFormReader();
  const gazetteer = fitGazetteer(
    tagged.map(({ row, spans }) => ({
      hashes: readForms(splitWords(row.input.text)).hashes,
      spans,
    })),
  );
  const readWords = createWordFeatureReader(gazetteer);
  const features = tagged.map(({ row, spans }) => readWords(row.input.text, spans));
  const whole = fitWordVocabulary(
    features,
    tagged.length < MANY_ROWS ? 1 : 2,
    Math.floor(MOST_WEIGHTS / tagSet.count),
  );
  const index = indexVocabulary(whole);
  const { emissions, transitions } = await fitTagger(
    tagged.map(({ row, tags }, i) => ({
      matrix: toWordMatrix(features[i]!, index),
      tags,
      frame: row.frame,
      weight: row.weight,
    })),
    tagSet,
    whole.length,
    seed,
    work,
  );
  const { vocabulary, model } = pruneFeatures(whole, emissions);
  return { gazetteer, vocabulary, emissions: model, transitions };
}
