import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';

const configSchema = z.looseObject({
  max_position_embeddings: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nonnegative().nullish(),
  _name_or_path: z.string().optional(),
});
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().positive().optional() });
/** Pieces by their ids, or with their scores in the order of their ids. */
const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]),
  }),
  added_tokens: z.array(z.looseObject({ id: z.number() })).optional(),
});
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() });

/** An encoder's folder as Hugging Face lays it out. */
export interface EncoderFolder {
  readonly model: Uint8Array;
  readonly name: string;
  readonly tokenizer: z.infer<typeof tokenizerSchema>;
  readonly tokenizerConfig: z.infer<typeof tokenizerConfigSchema>;
  readonly config: z.infer<typeof configSchema>;
  /** How one vector is made of the tokens': that of the first, or their mean. */
  readonly pooling: 'first' | 'mean';
  /** As it is in the folder. */
  readonly specialTokensMap: Uint8Array | undefined;
}

const SPECIAL_TOKENS = 'special_tokens_map.json';
const modelPaths = ['onnx/model.onnx', 'model.onnx'];

/** Reads an encoder's folder; nothing is fetched. @throws AppError `file.missing`, `file.malformed` */
export function readEncoderFolder(folder: string): EncoderFolder {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError(
      'file.missing',
      `There is no folder ${folder}. Give the folder of an encoder.`,
    );
  const modelPath = modelPaths.find((path) => existsSync(join(folder, path)));
  if (!modelPath)
    throw new AppError(
      'file.missing',
      `${folder} has no onnx/model.onnx. Export the encoder to ONNX in fp32; quantised files cannot be trained.`,
    );
  const config = readJson(folder, 'config.json', configSchema);
  const bytes = readFileSync(join(folder, modelPath));
  return {
    model: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    name: tellName(config._name_or_path) ?? basename(resolve(folder)),
    tokenizer: readJson(folder, 'tokenizer.json', tokenizerSchema),
    tokenizerConfig: existsSync(join(folder, 'tokenizer_config.json'))
      ? readJson(folder, 'tokenizer_config.json', tokenizerConfigSchema)
      : {},
    config,
    pooling:
      existsSync(join(folder, '1_Pooling/config.json')) &&
      readJson(folder, '1_Pooling/config.json', poolingSchema).pooling_mode_cls_token
        ? 'first'
        : 'mean',
    specialTokensMap: existsSync(join(folder, SPECIAL_TOKENS))
      ? readFileSync(join(folder, SPECIAL_TOKENS))
      : undefined,
  };
}

/** A name as the hub has it, `owner/name`; the path of somebody's folder is not told on. */
function tellName(name = ''): string | undefined {
  return /^[\w.-]+(?:\/[\w.-]+)?$/u.test(name) ? name : undefined;
}

/** The largest id that a tokenizer gives. */
export function largestId({ model, added_tokens: added = [] }: EncoderFolder['tokenizer']): number {
  const { vocab } = model;
  const own = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab);
  return [...own, ...added.map(({ id }) => id)].reduce((most, id) => Math.max(most, id), -1);
}

function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  if (!existsSync(path))
    throw new AppError(
      'file.missing',
      `${folder} has no ${name}. Copy the encoder's whole folder.`,
    );
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new AppError(
      'file.malformed',
      `${path} is not what an encoder's folder has there. Copy the encoder's whole folder again.`,
      { cause },
    );
  }
}
