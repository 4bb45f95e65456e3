import { type Mapping, type MappingField, mappingFields } from '../../shared/contract/collect.ts';
import type { Task } from '../../shared/domain/task.ts';
import { toSplit } from './split-names.ts';

type Row = Readonly<Record<string, unknown>>;

/** Usual names, the likeliest first. */
const usualNames: Readonly<Record<MappingField, readonly string[]>> = {
  text: `text input question query utterance message user_message customer_message prompt sentence request content
    body email ticket instruction document description review comment transcript subject title`.split(
    /\s+/,
  ),
  output:
    `output label intent category class target expected gold ground_truth answer response completion reply
    tag topic classification tool_call call result`.split(/\s+/),
  id: 'id _id uuid guid key example_id row_id record_id ticket_id message_id custom_id'.split(' '),
  group:
    `group group_id group_key conversation_id thread_id session_id dialogue_id cluster lineage family
    conversation thread session`.split(/\s+/),
  split: 'split partition fold subset set dataset_split'.split(' '),
  date: 'date day written_on sent_at received_at created_at timestamp reference_date'.split(' '),
  context:
    'context history previous previous_turn conversation_history preceding prior_messages'.split(
      ' ',
    ),
};

/**
 * Guesses which column is which, from the names first and from the values where they speak for themselves: labels
 * of the task are outputs, names of splits are splits, the longest texts are the text.
 */
export function guessMapping(
  columns: readonly string[],
  rows: readonly Row[],
  task: Task,
): Mapping {
  const guess: Partial<Record<MappingField, string>> = {};
  const isFree = (column: string) => !Object.values(guess).includes(column);
  const byContent: Partial<Record<MappingField, (column: string) => boolean>> = {
    output: (column) => looksLikeLabels(column, rows, task),
    split: (column) => looksLikeSplits(column, rows),
    date: (column) => looksLikeDates(column, rows),
  };
  for (const field of mappingFields) {
    const named = usualNames[field]
      .map((name) => columns.find((column) => isFree(column) && toName(column) === name))
      .filter((column) => column !== undefined);
    const telling = columns.filter((column) => isFree(column) && byContent[field]?.(column));
    const best =
      field === 'split' || field === 'date'
        ? named.find((column) => telling.includes(column))
        : (named.find((column) => telling.includes(column)) ?? telling[0] ?? named[0]);
    if (best !== undefined) guess[field] = best;
  }
  if (guess.text === undefined) {
    const longest = longestColumn(columns.filter(isFree), rows);
    if (longest !== undefined) guess.text = longest;
  }
  return guess;
}

/** `Customer Message` and `customerMessage` are both `customer_message`. */
function toName(column: string): string {
  return column
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

function values(column: string, rows: readonly Row[]): string[] {
  return rows
    .map((row) => row[column])
    .filter((value) => value !== null && value !== undefined && value !== '')
    .map((value) => (typeof value === 'object' ? '' : String(value).trim()));
}

function looksLikeLabels(column: string, rows: readonly Row[], task: Task): boolean {
  if (task.kind !== 'classify') return false;
  const labels = new Set(task.labels);
  const found = values(column, rows);
  return found.length > 0 && found.filter((value) => labels.has(value)).length >= found.length / 2;
}

function looksLikeSplits(column: string, rows: readonly Row[]): boolean {
  return values(column, rows).every((value) => toSplit(value) !== undefined);
}

function looksLikeDates(column: string, rows: readonly Row[]): boolean {
  return values(column, rows).every((value) => /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.test(value));
}

function longestColumn(columns: readonly string[], rows: readonly Row[]): string | undefined {
  let best: string | undefined;
  let bestLength = 0;
  for (const column of columns) {
    const texts = values(column, rows).filter((value) => /\p{L}/u.test(value));
    const length = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, rows.length);
    if (length > bestLength) [best, bestLength] = [column, length];
  }
  return best;
}
