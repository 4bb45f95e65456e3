import type { Input } from '../../../../shared/domain/prediction.ts';
import type { Work } from '../../../lib/work.ts';
import type { BackboneTokenizer } from '../../backbones/backbone.ts';
import { readUnigramTokenizer } from '../../backbones/use-lite/read-tokenizer-json.ts';
import { useLite } from '../../backbones/use-lite/use-lite.ts';
import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import { createFeaturiser } from '../../features/featuriser.ts';
import { fitVocabulary, type Vocabulary } from '../../features/vocabulary.ts';
import { pauseWhenDue } from '../../pause.ts';
import { createLattice, type Transitions } from '../crf/lattice.ts';
import { defineStructuredStudent, type LoadedParser } from '../structured-student.ts';
import { fromDecoder, toDecoder } from './decoder.ts';
import { toTaggerExamples } from './examples.ts';
import { fitTagger } from './fit-tagger.ts';
import { createLayout, type Layout } from './layout.ts';
import { createOnnxParser } from './onnx-parser.ts';
import { createPieceReader, type Pieces } from './pieces.ts';
import { createScoreReader } from './read-scores.ts';
import { toOnnx } from './to-onnx.ts';

/** A fine-tuned encoder under heads for frame, tags and choices, trained together. */
export const tagger = defineStructuredStudent({
  id: 'tagger',
  title: 'Pretrained encoder that tags words',

  async train({ plan, rows }, options, work) {
    const backbone = await useLite.load({});
    const layout = createLayout(plan);
    const inputs = rows.map(({ input }) => input);
    const cut = createPieceReader(backbone.tokenizer, backbone.maxLength);
    const vocabulary = await fitVocabulary(inputs, work);
    const examples = toTaggerExamples(rows, await cutAll(cut, inputs, work), layout);
    const message = 'Fine-tuning the encoder';
    const weights = await fitTagger(backbone, examples, layout, { ...options, message }, work);
    const transitions = transitionsOf(weights.parameters);
    const full = await toOnnx(weights, backbone, layout.sizes, 'full');
    const int8 = await toOnnx(weights, backbone, layout.sizes, 'int8');
    return {
      async parse(given, parsing) {
        const { threads } = options;
        const parser = await createParser(full, {
          ...{ layout, transitions, vocabulary, threads },
          tokenizer: backbone.tokenizer,
          maxLength: backbone.maxLength,
        });
        return parser.parse(given, parsing).finally(() => parser.close());
      },
      export: () => ({
        preprocessing: {
          kind: 'words-and-pieces',
          file: 'features.json',
          tokenizer: 'tokenizer.json',
          encoder: backbone.provenance.name,
          encoderLicence: backbone.provenance.licence,
          encoderSha256: backbone.provenance.sha256,
        },
        decoder: toDecoder(transitions),
        files: {
          'model.onnx': full,
          'model.int8.onnx': int8,
          'features.json': encodeFeatures(vocabulary),
          ...Object.fromEntries(backbone.tokenizer.files()),
        },
        parameters: [weights.embeddings, ...weights.parameters.values()].reduce(
          (sum, { data }) => sum + data.length,
          0,
        ),
      }),
    };
  },

  async load(read, { plan, decoder, threads, variant }) {
    const layout = createLayout(plan);
    const tokenizer = readUnigramTokenizer(read('tokenizer.json'));
    return createParser(read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx'), {
      ...{ layout, threads, tokenizer },
      transitions: fromDecoder(decoder, layout.sizes.tagCount),
      vocabulary: decodeFeatures(read('features.json')),
      maxLength: tokenizer.maxLength,
    });
  },
});

interface ParserOptions {
  readonly layout: Layout;
  readonly transitions: Transitions;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: Pick<BackboneTokenizer, 'encode' | 'encodeWords'>;
  readonly maxLength: number;
  readonly threads: number;
}

function createParser(
  model: Uint8Array,
  { layout, transitions, vocabulary, tokenizer, maxLength, threads }: ParserOptions,
): Promise<LoadedParser> {
  const readScores = createScoreReader(layout, createLattice(layout.tagSet, transitions));
  const featurise = createFeaturiser(vocabulary);
  return createOnnxParser(model, {
    threads,
    sizes: layout.sizes,
    cut: createPieceReader(tokenizer, maxLength),
    read: (scores, pieces, input) => ({
      ...readScores(scores, pieces),
      unseenShare: featurise(input).unseenShare,
    }),
  });
}

/** The learnt scores of tags that follow each other. */
function transitionsOf(parameters: ReadonlyMap<string, { readonly data: Float32Array }>) {
  const find = (name: string) => parameters.get(name)!.data; // transitionShapes
  return { transitions: find('transitions'), starts: find('starts'), ends: find('ends') };
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
