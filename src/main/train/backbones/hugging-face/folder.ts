import { z } from 'zod';
import { openModelFolder, type TokenizerJson } from '../imported/model-folder.ts';

const configSchema = z.looseObject({
  max_position_embeddings: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nonnegative().nullish(),
  _name_or_path: z.string().optional(),
});
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().positive().optional() });
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() });

/** An encoder's folder as Hugging Face lays it out. */
export interface EncoderFolder {
  readonly model: Uint8Array;
  readonly name: string;
  readonly tokenizer: TokenizerJson;
  readonly tokenizerConfig: z.infer<typeof tokenizerConfigSchema>;
  readonly config: z.infer<typeof configSchema>;
  /** How one vector is made of the tokens': that of the first, or their mean. */
  readonly pooling: 'first' | 'mean';
  /** As it is in the folder. */
  readonly specialTokensMap: Uint8Array | undefined;
}

const SPECIAL_TOKENS = 'special_tokens_map.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';
const POOLING = '1_Pooling/config.json';

/** Reads an encoder's folder; nothing is fetched. @throws AppError `file.missing`, `file.malformed` */
export function readEncoderFolder(path: string): EncoderFolder {
  const folder = openModelFolder(path, 'the encoder', configSchema);
  const { model, name, tokenizer, config } = folder;
  return {
    model,
    name,
    tokenizer,
    config,
    tokenizerConfig: folder.has(TOKENIZER_CONFIG)
      ? folder.readJson(TOKENIZER_CONFIG, tokenizerConfigSchema)
      : {},
    pooling:
      folder.has(POOLING) && folder.readJson(POOLING, poolingSchema).pooling_mode_cls_token
        ? 'first'
        : 'mean',
    specialTokensMap: folder.has(SPECIAL_TOKENS) ? folder.readBytes(SPECIAL_TOKENS) : undefined,
  };
}
