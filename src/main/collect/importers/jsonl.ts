import { chooseEncoding } from '../choose-encoding.ts';
import { readHead } from './head.ts';
import type { Importer } from './importer.ts';
import { firstJsonLine, readJsonLines } from './json-lines.ts';

/** One JSON object a line (JSON Lines, NDJSON). */
export const jsonl: Importer = {
  id: 'jsonl',
  title: 'JSON Lines: one object a line',
  extensions: ['.jsonl', '.ndjson'],
  sniff: ({ text, extension }) =>
    extension !== '.csv' && extension !== '.tsv' && firstJsonLine(text) !== undefined,
  async open(path, options) {
    const { bytes } = await readHead(path);
    const encoding = chooseEncoding(path, bytes, options.encoding);
    return {
      encoding,
      delimiter: null,
      columns: null,
      hasNull: true,
      batches: () => readJsonLines(path, encoding, (fields) => ({ fields })),
    };
  },
};
