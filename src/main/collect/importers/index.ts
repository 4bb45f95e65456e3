import { AppError } from '../../../shared/errors.ts';
import { csv } from './csv.ts';
import { readHead } from './head.ts';
import type { Importer } from './importer.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { openaiChat } from './openai-chat.ts';
import { parquet } from './parquet.ts';
import { xlsx } from './xlsx.ts';

/** Every kind of file that can be imported, the surest to recognise first. To add one: a file and a line here. */
export const importers: readonly Importer[] = [parquet, xlsx, openaiChat, json, jsonl, csv];

/** The importer named, or the one for this file by its content, then its extension. @throws AppError `app.usage`, `file.missing` */
export async function chooseImporter(path: string, id?: string): Promise<Importer> {
  if (id !== undefined) {
    const named = importers.find((importer) => importer.id === id);
    if (named) return named;
    throw new AppError(
      'app.usage',
      `There is no format "${id}". Formats: ${importers.map((importer) => importer.id).join(', ')}.`,
    );
  }
  const head = await readHead(path);
  return (
    importers.find((importer) => importer.sniff(head)) ??
    importers.find((importer) => importer.extensions.includes(head.extension)) ??
    csv
  );
}
