import { z } from 'zod';
import { type ModelFolder, openModelFolder } from '../backbones/imported/model-folder.ts';

const ids = z.union([z.int(), z.array(z.int())]).nullish();
const token = z.union([z.string(), z.looseObject({ content: z.string() })]).nullish();

const configSchema = z.looseObject({
  max_position_embeddings: z.int().positive().optional(),
  /** GPT-2's name for it. */
  n_positions: z.int().positive().optional(),
  eos_token_id: ids,
  _name_or_path: z.string().optional(),
});
const tokenizerConfigSchema = z.looseObject({
  model_max_length: z.number().positive().optional(),
  bos_token: token,
  eos_token: token,
  /** One template, or several by name. */
  chat_template: z
    .union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))])
    .optional(),
});
const generationSchema = z.looseObject({ eos_token_id: ids });

/** The folder of a causal language model as Hugging Face lays it out. */
export interface BaseFolder
  extends Pick<ModelFolder<z.infer<typeof configSchema>>, 'model' | 'name' | 'tokenizer'> {
  readonly tokenizerConfig: z.infer<typeof tokenizerConfigSchema>;
  /** As they are in the folder. */
  readonly tokenizerFiles: Readonly<Record<string, Uint8Array>>;
  /** How a talk is written down, in Jinja; undefined for a model that was not taught to talk. */
  readonly chatTemplate: string | undefined;
  readonly beginToken: string;
  readonly endToken: string;
  /** What ends a text, by the configuration. */
  readonly endIds: readonly number[];
  /** The most tokens that it reads, if it says so. */
  readonly places: number | undefined;
}

const TOKENIZER_CONFIG = 'tokenizer_config.json';
const TEMPLATE_FILE = 'chat_template.jinja';
const copied = ['tokenizer.json', TOKENIZER_CONFIG, 'special_tokens_map.json'];

/** Reads the folder of a causal language model; nothing is fetched. @throws AppError `file.missing`, `file.malformed` */
export function readBaseFolder(path: string): BaseFolder {
  const folder = openModelFolder(path, 'the base model', configSchema);
  const { config } = folder;
  const tokenizerConfig = folder.readJson(TOKENIZER_CONFIG, tokenizerConfigSchema);
  const generation = folder.has('generation_config.json')
    ? folder.readJson('generation_config.json', generationSchema)
    : {};
  const { chat_template: template } = tokenizerConfig;
  return {
    model: folder.model,
    name: folder.name,
    tokenizer: folder.tokenizer,
    tokenizerConfig,
    tokenizerFiles: Object.fromEntries(
      copied.filter(folder.has).map((name) => [name, folder.readBytes(name)]),
    ),
    chatTemplate: folder.has(TEMPLATE_FILE)
      ? Buffer.from(folder.readBytes(TEMPLATE_FILE)).toString('utf8')
      : typeof template === 'string'
        ? template
        : template?.find(({ name }) => name === 'default')?.template,
    beginToken: contentOf(tokenizerConfig.bos_token),
    endToken: contentOf(tokenizerConfig.eos_token),
    endIds: [...toList(generation.eos_token_id), ...toList(config.eos_token_id)],
    places: config.max_position_embeddings ?? config.n_positions,
  };
}

const contentOf = (given: z.infer<typeof token>): string =>
  typeof given === 'string' ? given : (given?.content ?? '');

const toList = (given: z.infer<typeof ids>): readonly number[] =>
  typeof given === 'number' ? [given] : (given ?? []);
