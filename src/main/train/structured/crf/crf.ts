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
import { defineStructuredStudent } from '../structured-student.ts';
import { splitWords } from '../words/words.ts';
import { type Decoder, decodeDecoder, encodeDecoder, planTags } from './decoder.ts';
import type { Gazetteer } from './features/gazetteer.ts';
import { createWordFeatureReader } from './features/word-features.ts';
import { decodeWordFeatures, encodeWordFeatures } from './features/word-features-file.ts';
import { indexVocabulary, toWordMatrix } from './features/word-vocabulary.ts';
import { toOnnx } from './graph.ts';
import { fitHeads } from './heads/fit-heads.ts';
import { countColumns, planHeads } from './heads/heads.ts';
import { dealHeldOut, findNamedOutside } from './heads/held-out.ts';
import { createMentionReader, hasNames, listAnswerNames } from './heads/mentions.ts';
import { createOnnxParser, type ReadText } from './onnx-parser.ts';
import { createParseReader } from './parse.ts';
import { programs } from './programs.ts';
import { fitWordTagger } from './word-tagger.ts';

/** Features of each word with a conditional random field for values; a linear machine on n-grams for each choice. */
export const crf = defineStructuredStudent({
  id: 'crf',
  title: 'Word features with a conditional random field',

  async train({ plan, rows: given }, { seed }, work) {
    const tagSet = planTags(plan);
    const heads = planHeads(plan);
    const answerNames = listAnswerNames(plan, heads);
    const readMentions = createMentionReader(answerNames);
    const rows = given.map((row) => ({ row, mentions: readMentions(splitWords(row.input.text)) }));
    const { gazetteer, vocabulary, emissions, transitions } = await fitWordTagger(
      rows,
      tagSet,
      heads,
      seed,
      work,
    );

    const inputs = given.map(({ input }) => input);
    const textVocabulary = await fitVocabulary(inputs, work);
    const matrix = await featuriseAll(textVocabulary, inputs, work);
    const folds = dealHeldOut(rows, seed);
    const named: Float32Array[][] = [];
    for (const fold of folds)
      named.push(
        plan.slots.some(hasNames)
          ? await findNamedOutside(rows, fold, tagSet, heads, seed, work)
          : fold.outside.map(() => new Float32Array(answerNames.length)),
      );
    const { model: headModel, calibrations } = await fitHeads(
      heads,
      { rows, matrix, folds, named },
      seed,
      work,
    );

    const decoder: Decoder = { tagSet, transitions, heads, calibrations, answerNames };
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
          ...programs(),
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
