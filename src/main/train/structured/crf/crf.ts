import { defineStructuredStudent } from '../structured-student.ts';
import { decodeDecoder, encodeDecoder } from './decoder.ts';
import { fitCrf } from './fit-crf.ts';
import { toOnnx } from './graph.ts';
import { countScores, createOnnxParser } from './onnx-parser.ts';
import { createParseReader } from './parse.ts';
import { programs } from './programs.ts';
import { createTableParser } from './table-parser.ts';
import { readTables } from './tables.ts';
import { createTextReader, decodeLists, encodeLists } from './text-reader.ts';

/** Features of each word with a conditional random field for values; a linear machine on n-grams for each choice. */
export const crf = defineStructuredStudent({
  id: 'crf',
  title: 'Word features with a conditional random field',
  selfTrains: true,

  async train(set, { seed }, work) {
    const { lists, emissions, headModel, decoder } = await fitCrf(set, seed, work);
    return {
      ...createTableParser(set.plan, decoder, lists, { emissions, headModel }),
      export: () => ({
        preprocessing: { kind: 'words', file: 'word-features.json', texts: 'features.json' },
        files: {
          'model.onnx': toOnnx(emissions, headModel, 'full'),
          'model.int8.onnx': toOnnx(emissions, headModel, 'int8'),
          ...encodeLists(lists),
          ...programs(),
        },
        parameters:
          emissions.weights.length +
          headModel.weights.length +
          headModel.biases.length +
          decoder.tagSet.count * (decoder.tagSet.count + 2),
        decoder: encodeDecoder(decoder),
      }),
    };
  },

  async load(read, { plan, decoder: section, threads, variant, byRuntime }) {
    const decoder = decodeDecoder(section, plan);
    const lists = decodeLists(read);
    const model = read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx');
    const sizes = countScores(decoder, lists);
    const tables = byRuntime ? undefined : readTables(model, sizes);
    if (tables)
      return { ...createTableParser(plan, decoder, lists, tables), close: async () => undefined };
    return createOnnxParser(model, {
      threads,
      ...sizes,
      read: createTextReader(lists),
      toParse: createParseReader(plan, decoder),
    });
  },
});
