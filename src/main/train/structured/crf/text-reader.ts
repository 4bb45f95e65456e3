import type { Input } from '../../../../shared/domain/prediction.ts';
import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import { createFeaturiser, type SparseMatrix, type SparseRow } from '../../features/featuriser.ts';
import type { Vocabulary } from '../../features/vocabulary.ts';
import type { Words } from '../words/words.ts';
import type { Gazetteer } from './features/gazetteer.ts';
import { createWordFeatureReader } from './features/word-features.ts';
import { decodeWordFeatures, encodeWordFeatures } from './features/word-features-file.ts';
import { indexVocabulary, toWordMatrix } from './features/word-vocabulary.ts';

/** All that turns a text into features: lists of words in values, of features of words, of n-grams. */
export interface FeatureLists {
  readonly gazetteer: Gazetteer;
  readonly vocabulary: Uint32Array;
  readonly textVocabulary: Vocabulary;
}

/** A text ready for the model. Shapes: wordMatrix a row for each word, textMatrix one row. */
export interface ReadText {
  readonly words: Words;
  readonly wordMatrix: SparseMatrix;
  readonly textMatrix: SparseMatrix;
}

/** The files of a student folder that hold the lists. */
export function encodeLists({ gazetteer, vocabulary, textVocabulary }: FeatureLists) {
  return {
    'features.json': encodeFeatures(textVocabulary),
    'word-features.json': encodeWordFeatures({ vocabulary, gazetteer }),
  };
}

/** @throws AppError `student.malformed` */
export function decodeLists(read: (path: string) => Uint8Array): FeatureLists {
  return {
    ...decodeWordFeatures(read('word-features.json')),
    textVocabulary: decodeFeatures(read('features.json')),
  };
}

/** Turns inputs into the features of their words and of the whole. */
export function createTextReader({
  gazetteer,
  vocabulary,
  textVocabulary,
}: FeatureLists): (input: Input) => ReadText {
  const readWords = createWordFeatureReader(gazetteer);
  const index = indexVocabulary(vocabulary);
  const featurise = createFeaturiser(textVocabulary);
  return (input) => {
    const features = readWords(input.text);
    return {
      words: features.words,
      wordMatrix: toWordMatrix(features, index),
      textMatrix: toMatrix(featurise(input), 0),
    };
  };
}

/** A row of its own memory. */
function toMatrix(
  { indices, values, count, unseenShare }: SparseRow,
  columns: number,
): SparseMatrix {
  return {
    rows: 1,
    columns,
    starts: Int32Array.of(0, count),
    indices: indices.slice(0, count),
    values: values.slice(0, count),
    unseenShares: Float32Array.of(unseenShare),
  };
}
