import { alpaca } from './alpaca.ts';
import { csv } from './csv.ts';
import { dpo } from './dpo.ts';
import type { Format } from './format.ts';
import { huggingface } from './huggingface.ts';
import { jsonl } from './jsonl.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiDpo } from './openai-dpo.ts';
import { parquet } from './parquet.ts';
import { sharegpt } from './sharegpt.ts';

/** Every format of a data set, by the id that `export --format` takes. */
export const formats: Readonly<Record<string, Format>> = {
  'openai-chat': openaiChat,
  jsonl,
  csv,
  parquet,
  alpaca,
  sharegpt,
  huggingface,
  dpo,
  'openai-dpo': openaiDpo,
};
