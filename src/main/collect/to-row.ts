import type { Mapping, RefusedRow } from '../../shared/contract/collect.ts';
import type { Split } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { TaskKind } from '../../shared/domain/task.ts';
import type { SourceRecord } from './importers/importer.ts';
import { toSplit } from './split-names.ts';

const MAX_CHARACTERS = 1_000_000;
const MAX_ID_CHARACTERS = 1_000;

/** What a row says once the mapping is applied; absent parts were not in the row. */
export interface MappedRow {
  readonly line: number;
  readonly position: number;
  readonly id: string | undefined;
  /** The id was a number in the file. */
  readonly isIdNumber: boolean;
  readonly text: string;
  readonly context: string | null;
  readonly group: string | null;
  readonly split: Split | undefined;
  /** Undefined when the row has none; null is an output (no call). */
  readonly output: Json | undefined;
  readonly outputJson: string | undefined;
  readonly metaJson: string | null;
}

export interface RowRules {
  readonly mapping: Mapping;
  readonly taskKind: TaskKind;
  readonly hasNull: boolean;
}

/** Why one row can't be used; caught row by row and never seen outside. */
class Refusal extends Error {
  readonly remedy: string;

  constructor(reason: string, remedy: string) {
    super(reason);
    this.remedy = remedy;
  }
}

/** Builds the function that applies a mapping to records: the parts of an example, or why the row is refused. */
export function createRowMapper({ mapping, taskKind, hasNull }: RowRules) {
  const mapped = new Set<string>(Object.values(mapping));
  const { text, context, output, id, group, split, date } = mapping;

  function map(record: SourceRecord): MappedRow {
    const { fields, line, position } = record;
    const value = text === undefined ? undefined : toText(fields[text], 'text');
    if (value === undefined || value.trim() === '')
      throw new Refusal('the text is empty', 'Fill it in, or leave the row out.');
    const out = output === undefined ? undefined : toOutput(fields[output]);
    return {
      line,
      position,
      id: id === undefined ? undefined : toId(fields[id]),
      isIdNumber: id !== undefined && typeof fields[id] === 'number',
      text: value,
      context: (context === undefined ? undefined : toText(fields[context], 'context')) || null,
      group: (group === undefined ? undefined : toText(fields[group], 'group')?.trim()) || null,
      split: split === undefined ? undefined : readSplit(fields[split]),
      output: out,
      outputJson: out === undefined ? undefined : toStoredJson(out, 'output'),
      metaJson: toMeta(fields),
    };
  }

  function toOutput(value: unknown): Json | undefined {
    if (value === undefined || value === '') return undefined;
    if (value === null) return taskKind === 'tools' && hasNull ? null : undefined;
    if (taskKind === 'classify' || taskKind === 'rewrite')
      return toText(value, 'output')?.trim() || undefined;
    // What is not a string came from JSON or Parquet and holds JSON's values only.
    return typeof value === 'string' ? parseOutput(value) : (value as Json);
  }

  /** The columns that nothing was made of and the row's day as `date`, as one JSON object; null when there are none. */
  function toMeta(fields: SourceRecord['fields']): string | null {
    let meta: Record<string, unknown> | undefined;
    for (const column in fields) {
      if (mapped.has(column)) continue;
      meta ??= Object.create(null) as Record<string, unknown>;
      meta[column] = fields[column];
    }
    const writtenOn = date === undefined ? undefined : readDate(fields[date]);
    if (writtenOn !== undefined) {
      meta ??= Object.create(null) as Record<string, unknown>;
      meta.date = writtenOn;
    }
    // As above: JSON's values only.
    return meta === undefined ? null : toStoredJson(meta as Json, 'unmapped columns', false);
  }

  return (record: SourceRecord): MappedRow | RefusedRow => {
    try {
      return map(record);
    } catch (error) {
      if (error instanceof Refusal)
        return { line: record.line, reason: error.message, remedy: error.remedy };
      throw error;
    }
  };
}

export function isRefused(row: MappedRow | RefusedRow): row is RefusedRow {
  return 'reason' in row;
}

function toText(value: unknown, field: string): string | undefined {
  if (typeof value === 'string') {
    assertStorable(value, field);
    return value;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Refusal(
    `the ${field} is ${Array.isArray(value) ? 'a list' : 'an object'}, not a text`,
    `Write the ${field} as a text, or map another column.`,
  );
}

/** The day a text was written: `YYYY-MM-DD`, whatever follows. */
function readDate(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : toText(value, 'date')?.trim();
  if (!text) return undefined;
  const found = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text)?.[0];
  if (found === undefined || Number.isNaN(Date.parse(found)))
    throw new Refusal(
      `the date "${text.slice(0, 40)}" is not like 2026-03-31`,
      'Write dates as YYYY-MM-DD.',
    );
  return found;
}

function assertStorable(text: string, field: string): void {
  if (text.length > MAX_CHARACTERS)
    throw new Refusal(
      `the ${field} is longer than ${MAX_CHARACTERS} characters`,
      'Shorten it, or split the row.',
    );
  if (text.includes('\u0000'))
    throw new Refusal(`the ${field} has a NUL character in it`, 'Remove it.');
  if (!text.isWellFormed())
    throw new Refusal(
      `the ${field} has half of a surrogate pair in it, which is not a character`,
      'Remove it, or export the text again as UTF-8.',
    );
}

function toId(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Refusal(
      'the id is a number too large to be kept exactly',
      'Write it as a text, in quotes.',
    );
  const id = toText(value, 'id')?.trim();
  if (id !== undefined && id.length > MAX_ID_CHARACTERS)
    throw new Refusal(
      `the id is longer than ${MAX_ID_CHARACTERS} characters`,
      'Map a shorter column as id.',
    );
  return id || undefined;
}

function readSplit(value: unknown): Split | undefined {
  const name = toText(value, 'split') ?? '';
  const split = toSplit(name);
  if (split === undefined)
    throw new Refusal(
      `"${name.slice(0, 40)}" is not a split`,
      'Use train, calibration, holdout, or leave it empty.',
    );
  return name.trim() === '' ? undefined : split;
}

function parseOutput(source: string): Json | undefined {
  if (source.trim() === '') return undefined;
  try {
    return JSON.parse(source) as Json;
  } catch (error) {
    throw new Refusal(
      `the output is not JSON: ${(error as Error).message}`,
      'Write it as JSON, or leave the output empty.',
    );
  }
}

/** A NUL or half of a surrogate pair, as JSON.stringify writes it. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function toStoredJson(value: Json, field: string, isCanonical = true): string {
  let json: string;
  try {
    json = isCanonical ? canonicalJson(value) : JSON.stringify(value);
  } catch {
    throw new Refusal(`the ${field} is nested too deeply`, 'Make it flatter.');
  }
  if (json.length > MAX_CHARACTERS)
    throw new Refusal(
      `the ${field} is longer than ${MAX_CHARACTERS} characters`,
      'Shorten it, or leave it out.',
    );
  if (json.includes('\\u') && unstorable.test(json))
    throw new Refusal(
      `the ${field} has a NUL character or half of a surrogate pair in it`,
      'Remove it.',
    );
  return json;
}
