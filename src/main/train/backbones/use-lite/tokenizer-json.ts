import type { ScoredPiece } from './vocabulary.ts';

/** The tokenizer in Hugging Face's format: `tokenizers` and transformers.js give the same ids from it. */
export function toTokenizerJson(vocabulary: readonly ScoredPiece[], maxLength: number): string {
  return JSON.stringify({
    version: '1.0',
    truncation: {
      direction: 'Right',
      max_length: maxLength,
      strategy: 'LongestFirst',
      stride: 0,
    },
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFKC' },
        { type: 'Prepend', prepend: '\u2581' },
        { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' },
      ],
    },
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: false },
    model: { type: 'Unigram', unk_id: 0, vocab: vocabulary, byte_fallback: false },
  });
}

/** What transformers.js asks beside it: how to pad and where to cut. Padding is masked, so any id serves. */
export function toTokenizerConfig(vocabulary: readonly ScoredPiece[], maxLength: number): string {
  const unknown = vocabulary[0]?.[0];
  return JSON.stringify({
    tokenizer_class: 'PreTrainedTokenizer',
    model_max_length: maxLength,
    unk_token: unknown,
    pad_token: unknown,
    model_input_names: ['input_ids', 'attention_mask'],
  });
}
