import { alpaca } from './alpaca.ts';
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { jsonl } from './jsonl.ts';
import { openaiChat } from './openai-chat.ts';
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
};
