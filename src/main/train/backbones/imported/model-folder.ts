import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';

/** Pieces by their ids, or with their scores in the order of their ids. */
const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]),
  }),
  added_tokens: z
    .array(
      z.looseObject({ id: z.number(), content: z.string(), special: z.boolean().default(false) }),
    )
    .optional(),
});
export type TokenizerJson = z.infer<typeof tokenizerSchema>;

const modelPaths = ['onnx/model.onnx', 'model.onnx'];

/** A model's folder as Hugging Face lays it out; nothing is fetched. */
export interface ModelFolder<Config> {
  readonly model: Uint8Array;
  readonly name: string;
  readonly tokenizer: TokenizerJson;
  readonly config: Config;
  has(path: string): boolean;
  /** @throws AppError `file.missing`, `file.malformed` */
  readJson<T>(path: string, schema: z.ZodType<T>): T;
  readBytes(path: string): Uint8Array;
}

/**
 * Opens the folder of a model, called `what` in messages: "the encoder".
 * @throws AppError `file.missing`, `file.malformed`
 */
export function openModelFolder<Config extends { readonly _name_or_path?: string | undefined }>(
  folder: string,
  what: string,
  configSchema: z.ZodType<Config>,
): ModelFolder<Config> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError('file.missing', `There is no folder ${folder}. Give the folder of ${what}.`);
  const modelPath = modelPaths.find((path) => existsSync(join(folder, path)));
  if (!modelPath)
    throw new AppError(
      'file.missing',
      `${folder} has no onnx/model.onnx. Export ${what} to ONNX in fp32; quantised files cannot be trained.`,
    );
  const has = (path: string) => existsSync(join(folder, path));

  function readJson<T>(name: string, schema: z.ZodType<T>): T {
    const path = join(folder, name);
    if (!has(name))
      throw new AppError('file.missing', `${folder} has no ${name}. Copy ${what}'s whole folder.`);
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (cause) {
      throw new AppError(
        'file.malformed',
        `${path} is not what a model's folder has there. Copy ${what}'s whole folder again.`,
        { cause },
      );
    }
  }

  const config = readJson('config.json', configSchema);
  const bytes = readFileSync(join(folder, modelPath));
  return {
    model: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    name: tellName(config._name_or_path) ?? basename(resolve(folder)),
    tokenizer: readJson('tokenizer.json', tokenizerSchema),
    config,
    has,
    readJson,
    readBytes: (path) => readFileSync(join(folder, path)),
  };
}

/** A name as the hub has it, `owner/name`; the path of somebody's folder is not told on. */
function tellName(name = ''): string | undefined {
  return /^[\w.-]+(?:\/[\w.-]+)?$/u.test(name) ? name : undefined;
}

/** The largest id that a tokenizer gives. */
function largestId({ model, added_tokens: added = [] }: TokenizerJson): number {
  const { vocab } = model;
  const own = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab);
  return [...own, ...added.map(({ id }) => id)].reduce((most, id) => Math.max(most, id), -1);
}

/** Each piece of the tokenizer must have its row of the table. @throws AppError `onnx.unsupported` */
export function assertBelongs(tokenizer: TokenizerJson, rows: number): void {
  const largest = largestId(tokenizer);
  if (largest >= rows)
    throw new AppError(
      'onnx.unsupported',
      `The tokenizer has ids up to ${largest}, the model only ${rows} rows: they do not belong together. Copy the model's whole folder again.`,
    );
}
