import type { Input } from '../../../../shared/domain/prediction.ts';
import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { loadBackbone } from '../../backbones/index.ts';
import { measureInputRanges, takeMeasured } from '../../backbones/input-ranges.ts';
import { readTokenizer } from '../../backbones/read-tokenizer.ts';
import { pauseWhenDue } from '../../pause.ts';
import { type Decoder, decodeDecoder, encodeDecoder } from '../crf/decoder.ts';
import { type CrfModel, fitCrf } from '../crf/fit-crf.ts';
import { countScores, createOnnxParser } from '../crf/onnx-parser.ts';
import { createParseReader } from '../crf/parse.ts';
import {
  createTextReader,
  decodeLists,
  encodeLists,
  type FeatureLists,
  type ReadText,
} from '../crf/text-reader.ts';
import {
  defineStructuredStudent,
  type FormPlan,
  type LoadedParser,
} from '../structured-student.ts';
import { toTaggerExamples } from './examples.ts';
import { fitTagger } from './fit-tagger.ts';
import { createLayout } from './layout.ts';
import { sumTransitions, type TaggerModel } from './model.ts';
import { feedPieces } from './piece-feeds.ts';
import { createPieceReader, type Pieces } from './pieces.ts';
import { fullEpochs, planTuning, SECONDS_PER_ROW } from './plan-tuning.ts';
import { programs } from './programs.ts';
import { sortByLength } from './sort-by-length.ts';
import { toOnnx } from './to-onnx.ts';

/** The student `crf` beside an encoder that is fine-tuned for the same tags and heads: their scores are added. */
export const tagger = defineStructuredStudent({
  id: 'tagger',
  title: 'Word features beside a pretrained encoder',
  hasEncoder: true,
  isQuickerInInt8: true,

  tellShortcut({ rows }, budgetSeconds) {
    const { epochs, rows: count } = planTuning(rows.length, budgetSeconds);
    const all = fullEpochs(rows.length);
    if (epochs === all) return undefined;
    const minutes = Math.ceil((all * rows.length * SECONDS_PER_ROW) / 60);
    return `tagger was tried with ${epochs} of ${Number(all.toFixed(1))} epochs on ${count} of ${rows.length} rows; all of it takes about ${minutes} min a training. Ask for it with --student tagger.`;
  },

  async train(set, options, work) {
    const { plan, rows } = set;
    const backbone = await loadBackbone(options.encoderFolder);
    const { tokenizer, maxLength } = backbone;
    const wide = await fitCrf(set, options.seed, work);
    const layout = createLayout(plan);
    const pieces = await cutAll(
      createPieceReader(tokenizer, maxLength),
      rows.map(({ input }) => input),
      work,
    );
    const tuning = planTuning(rows.length, options.budgetSeconds);
    const order = createRng(options.seed)
      .shuffle([...rows.keys()])
      .slice(0, tuning.rows);
    const examples = toTaggerExamples(rows, pieces, layout, order);
    const message = 'Fine-tuning the encoder';
    const fitting = { ...options, message, epochs: tuning.epochs };
    const deep = await fitTagger(backbone, examples, layout, fitting, work);
    const model: TaggerModel = { wide, deep };
    const decoder: Decoder = { ...wide.decoder, transitions: sumTransitions(model) };
    const full = await toOnnx(model, backbone);
    const measured = takeMeasured(pieces).map(({ ids }) => ids);
    const ranges = await measureInputRanges(deep, backbone, measured);
    const int8 = await toOnnx(model, backbone, ranges);
    return {
      async parse(inputs, parsing) {
        const { threads } = options;
        const own = { plan, decoder, lists: wide.lists, threads };
        const parser = await createParser(full, {
          ...own,
          cut: createPieceReader(tokenizer, maxLength),
        });
        return parser.parse(inputs, parsing).finally(() => parser.close());
      },
      export: () => ({
        preprocessing: {
          kind: 'words-and-pieces',
          file: 'word-features.json',
          texts: 'features.json',
          tokenizer: 'tokenizer.json',
          encoder: backbone.provenance.name,
          encoderLicence: backbone.provenance.licence,
          encoderSha256: backbone.provenance.sha256,
        },
        files: {
          'model.onnx': full,
          'model.int8.onnx': int8,
          ...encodeLists(wide.lists),
          ...Object.fromEntries(tokenizer.files()),
          ...programs(),
        },
        parameters: countParameters(model),
        decoder: encodeDecoder(decoder),
      }),
    };
  },

  async load(read, { plan, decoder, threads, variant }) {
    const tokenizer = readTokenizer(read);
    return createParser(read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx'), {
      plan,
      decoder: decodeDecoder(decoder, plan),
      lists: decodeLists(read),
      cut: createPieceReader(tokenizer, tokenizer.maxLength),
      threads,
    });
  },
});

interface ParserOptions {
  readonly plan: FormPlan;
  readonly decoder: Decoder;
  readonly lists: FeatureLists;
  readonly cut: (input: Input) => Pieces;
  readonly threads: number;
}

async function createParser(
  model: Uint8Array,
  { plan, decoder, lists, cut, threads }: ParserOptions,
): Promise<LoadedParser> {
  const readText = createTextReader(lists);
  const parser = await createOnnxParser<ReadText & { readonly pieces: Pieces }>(model, {
    threads,
    ...countScores(decoder, lists),
    read: (input) => ({ ...readText(input), pieces: cut(input) }),
    feedMore: feedPieces,
    toParse: createParseReader(plan, decoder),
  });
  return sortByLength(parser);
}

async function cutAll(
  cut: (input: Input) => Pieces,
  inputs: readonly Input[],
  work: Work,
): Promise<Pieces[]> {
  const pause = pauseWhenDue(work.signal);
  const pieces: Pieces[] = [];
  for (const input of inputs) {
    pieces.push(cut(input));
    await pause();
  }
  return pieces;
}

function countParameters({ wide, deep }: TaggerModel): number {
  const { emissions, headModel }: CrfModel = wide;
  const encoder = [deep.embeddings, ...deep.parameters.values()].map(({ data }) => data);
  const all = [emissions.weights, headModel.weights, headModel.biases, ...encoder];
  return all.reduce((sum, { length }) => sum + length, 0);
}
