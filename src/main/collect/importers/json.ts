import type { RefusedRow } from '../../../shared/contract/collect.ts';
import { chooseEncoding } from '../choose-encoding.ts';
import { malformed } from '../malformed.ts';
import { readText } from '../read-text.ts';
import { readHead } from './head.ts';
import type { Importer, RecordBatch, SourceRecord } from './importer.ts';
import { createElementSplitter, type JsonElement, JsonStructureError } from './json-elements.ts';
import { firstJsonLine } from './json-lines.ts';

/** One JSON document: an array of objects, or an object with one such array. */
export const json: Importer = {
  id: 'json',
  title: 'JSON: an array of objects',
  extensions: ['.json'],
  sniff: ({ text, extension }) =>
    (extension === '.json' && !hasSeveralLines(text)) ||
    (!['.csv', '.tsv', '.txt', '.jsonl', '.ndjson'].includes(extension) &&
      /^\uFEFF?\s*\[/.test(text)),
  async open(path, options) {
    const { bytes } = await readHead(path);
    const encoding = chooseEncoding(path, bytes, options.encoding);
    return {
      encoding,
      delimiter: null,
      columns: null,
      hasNull: true,
      batches: () => readElements(path, encoding),
    };
  },
};

/** Many files named .json are JSON Lines. */
function hasSeveralLines(text: string): boolean {
  return firstJsonLine(text) !== undefined && /^\s*\{[^\n]*\n\s*\S/.test(text);
}

async function* readElements(path: string, encoding: string): AsyncIterable<RecordBatch> {
  const splitter = createElementSplitter();
  let position = 0;
  try {
    for await (const { text, fraction } of readText(path, encoding)) {
      const records: SourceRecord[] = [];
      const refused: RefusedRow[] = [];
      for (const element of splitter.feed(text)) {
        position++;
        const value = parseElement(path, element);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          // The check above leaves only objects.
          records.push({ line: element.line, position, fields: value as SourceRecord['fields'] });
        else
          refused.push({
            line: element.line,
            reason: `element ${position} is not an object`,
            remedy: 'Write each row as an object, such as {"text": "..."}.',
          });
      }
      yield { records, refused, fraction };
    }
    splitter.finish();
  } catch (error) {
    if (!(error instanceof JsonStructureError)) throw error;
    throw malformed(path, {
      line: error.line,
      what: error.message,
      remedy:
        'It must be one array of objects, or an object with one such array. Correct it, or export it again.',
      cause: error,
    });
  }
}

function parseElement(path: string, { source, line }: JsonElement): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw malformed(path, {
      line,
      what: `not JSON: ${(error as Error).message}`,
      remedy: 'Correct it, or export the file again.',
      cause: error,
    });
  }
}
