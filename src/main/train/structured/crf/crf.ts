import type { Input } from '../../../../shared/domain/prediction.ts';
import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import {
  createFeaturiser,
  featuriseAll,
  type SparseMatrix,
  type SparseRow,
} from '../../features/featuriser.ts';
import { fitVocabulary } from '../../features/vocabulary.ts';
import { pauseWhenDue } from '../../pause.ts';
import { scoreRows } from '../../students/linear/one-vs-rest.ts';
import { defineStructuredStudent, type StructuredRow } from '../structured-student.ts';
import { createFormReader } from '../words/forms.ts';
import { splitWords } from '../words/words.ts';
import { type Decoder, decodeDecoder, encodeDecoder } from './decoder.ts';
import { fitGazetteer, type Gazetteer } from './features/gazetteer.ts';
import { createWordFeatureReader } from './features/word-features.ts';
import { decodeWordFeatures, encodeWordFeatures } from './features/word-features-file.ts';
import { fitWordVocabulary, indexVocabulary, toWordMatrix } from './features/word-vocabulary.ts';
import { fitTagger } from './fit-tagger.ts';
import { toOnnx } from './graph.ts';
import { fitHeads } from './heads/fit-heads.ts';
import { countColumns, planHeads } from './heads/heads.ts';
import { createMentionReader, listAnswerWords } from './heads/mentions.ts';
import { toSpans } from './lattice.ts';
import { createOnnxParser, type ReadText } from './onnx-parser.ts';
import { createParseReader } from './parse.ts';
import { pruneFeatures } from './prune.ts';
import { createTagSet, type TagSet, toTags } from './tags.ts';

/** With few rows a word seen once may be all there is to know about it; with many it is noise. */
const MANY_ROWS = 4000;
/** Weights and their sums of squares stay within half a gigabyte. */
const MOST_WEIGHTS = 2 ** 26;

/** Features of each word with a conditional random field for values; a linear machine on n-grams for each choice. */
export const crf = defineStructuredStudent({
  id: 'crf',
  title: 'Word features with a conditional random field',

  async train({ plan, rows }, { seed }, work) {
    const tagSet = createTagSet(plan);
    const tagged = listTaggedRows(tagSet, rows);
    const gazetteer = fitTextGazetteer(tagged);
    const readWords = createWordFeatureReader(gazetteer);
    const features = tagged.map(({ row, spans }) => readWords(row.input.text, spans));
    const whole = fitWordVocabulary(
      features,
      tagged.length < MANY_ROWS ? 1 : 2,
      Math.floor(MOST_WEIGHTS / tagSet.count),
    );
    const wholeIndex = indexVocabulary(whole);
    const tagger = await fitTagger(
      tagged.map(({ row, tags }, i) => ({
        matrix: toWordMatrix(features[i]!, wholeIndex),
        tags,
        frame: row.frame,
        weight: row.weight,
      })),
      tagSet,
      whole.length,
      seed,
      work,
    );
    const { vocabulary, model: emissions } = pruneFeatures(whole, tagger.emissions);

    const heads = planHeads(plan);
    const answerWords = listAnswerWords(plan, heads);
    const inputs = rows.map(({ input }) => input);
    const textVocabulary = await fitVocabulary(inputs, work);
    const readMentions = createMentionReader(answerWords);
    const { model: headModel, calibrations } = await fitHeads(
      heads,
      rows,
      {
        matrix: await featuriseAll(textVocabulary, inputs, work),
        mentions: inputs.map(({ text }) => readMentions(text)),
      },
      seed,
      work,
    );

    const decoder: Decoder = {
      tagSet,
      transitions: tagger.transitions,
      heads,
      calibrations,
      answerWords,
    };
    const toParse = createParseReader(plan, decoder);
    const read = createTextReader(gazetteer, vocabulary, createFeaturiser(textVocabulary));
    return {
      async parse(texts, parsing) {
        const pause = pauseWhenDue(parsing.signal);
        const parses = [];
        for (const text of texts) {
          const { words, wordMatrix, textMatrix } = read(text);
          parses.push(
            toParse(words, {
              emissions: scoreRows(wordMatrix, emissions),
              scores: scoreRows(textMatrix, headModel),
              unseenShare: textMatrix.unseenShares[0]!,
            }),
          );
          await pause();
        }
        return parses;
      },
      export: () => ({
        preprocessing: { kind: 'words', file: 'word-features.json', texts: 'features.json' },
        files: {
          'model.onnx': toOnnx(emissions, headModel, 'full'),
          'model.int8.onnx': toOnnx(emissions, headModel, 'int8'),
          'features.json': encodeFeatures(textVocabulary),
          'word-features.json': encodeWordFeatures({ vocabulary, gazetteer }),
        },
        parameters:
          emissions.weights.length +
          headModel.weights.length +
          headModel.biases.length +
          tagSet.count * (tagSet.count + 2),
        decoder: encodeDecoder(decoder),
      }),
    };
  },

  async load(read, { plan, decoder: section, threads, variant }) {
    const decoder = decodeDecoder(section, plan);
    const { vocabulary, gazetteer } = decodeWordFeatures(read('word-features.json'));
    const texts = decodeFeatures(read('features.json'));
    return createOnnxParser(read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx'), {
      threads,
      tagCount: decoder.tagSet.count,
      columns: countColumns(decoder.heads),
      wordFeatureCount: vocabulary.length,
      textFeatureCount: texts.hashes.length,
      read: createTextReader(gazetteer, vocabulary, createFeaturiser(texts)),
      toParse: createParseReader(plan, decoder),
    });
  },
});

/** Rows whose values can be tagged; the others teach frame and choices only. */
function listTaggedRows(tagSet: TagSet, rows: readonly StructuredRow[]) {
  return rows.flatMap((row) => {
    if (!row.isTagged || row.weight <= 0) return [];
    const tags = toTags(tagSet, row.frame, splitWords(row.input.text), row.spans);
    return tags ? { row, tags, spans: toSpans(tags) } : [];
  });
}

function fitTextGazetteer(tagged: ReturnType<typeof listTaggedRows>): Gazetteer {
  const readForms = createFormReader();
  return fitGazetteer(
    tagged.map(({ row, spans }) => ({
      hashes: readForms(splitWords(row.input.text)).hashes,
      spans,
    })),
  );
}

function createTextReader(
  gazetteer: Gazetteer,
  vocabulary: Uint32Array,
  featurise: (input: Input) => SparseRow,
): (input: Input) => ReadText {
  const readWords = createWordFeatureReader(gazetteer);
  const index = indexVocabulary(vocabulary);
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
