// Tables that fill fields: a value is looked up by what was read, folded.
import { readFileSync } from 'node:fs';
import { createFold } from './surface.mjs';

// Rows of a CSV file: quoted cells may hold separators, line ends and doubled quotes.
function parseCsv(text, separator) {
  const cell = `(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`;
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(new RegExp(cell, 'g'))) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '') break;
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

// The pairs of two columns. The separator is the one that finds both names in the header.
function readPairs(file, columns) {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  for (const separator of [',', ';', '\t']) {
    const [header = [], ...rows] = parseCsv(text, separator);
    const [key, value] = columns.map((name) => header.indexOf(name));
    if (key >= 0 && value >= 0) return rows.map((row) => [row[key]?.trim(), row[value]?.trim()]);
  }
  throw new Error(`${file} needs the columns "${columns.join('" and "')}".`);
}

const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const parsers = {
  enum: ({ choices }, text) => choices.find((choice) => String(choice) === text),
  boolean: (_, text) => ({ true: true, false: false })[text],
  number: (_, text) => (NUMBER.test(text) ? Number(text) : undefined),
};
parsers.integer = parsers.number;

// Refuses the name of a table that fills no field.
export function checkTables({ slots }, files) {
  const names = slots.filter(({ mode }) => mode === 'lookup').map(({ table }) => table);
  const wrong = Object.keys(files).find((name) => !names.includes(name));
  if (wrong !== undefined)
    throw new Error(
      `"${wrong}" names no table of this student; its tables: ${names.join(', ') || 'none'}.`,
    );
}

// The fields whose table was not given, each as a sentence.
export const tellUnfilled = ({ form, slots }, files) =>
  slots.flatMap(({ mode, table, by }, slot) =>
    mode === 'lookup' && !Object.hasOwn(files, table)
      ? `${form.slots[slot].name}: filled from table ${table} by ${form.slots[by].name}, which was not given.`
      : [],
  );

// `files`: for each table's name a CSV file. Gives fill(frame, readings, holes), what tables say of a frame's slots.
export function createTables({ form, slots, normaliser }, files) {
  const fold = createFold(normaliser.tables.fold);
  const tables = {};
  for (const { mode, table, keyColumn, valueColumn } of slots) {
    if (mode !== 'lookup' || !Object.hasOwn(files, table)) continue;
    const found = new Map();
    for (const [name, text] of readPairs(files[table], [keyColumn, valueColumn])) {
      if (!name || !text) continue;
      found.set(fold(name), (found.get(fold(name)) ?? new Set()).add(text));
    }
    tables[table] = found;
  }
  return (frame, readings, holes, admits) =>
    (form.frames[frame]?.slots ?? []).flatMap((slot) => {
      const { mode, table, by } = slots[slot];
      const key = mode === 'lookup' && readings.find((reading) => reading.slot === by);
      if (!key) return [];
      const [text, ...others] = tables[table]?.get(fold(String(key.value))) ?? [];
      const about = form.slots[slot];
      const parse = parsers[about.type] ?? ((_, given) => given);
      const value = text === undefined || others.length > 0 ? undefined : parse(about, text);
      if (value !== undefined && admits(slot, value))
        return [{ slot, value, probability: key.probability }];
      holes.add(slot);
      return [];
    });
}
