// Tables that fill fields: a value is looked up by what was read, folded.
import { readFileSync } from 'node:fs';
import { createFold } from './surface.mjs';

// Rows of a CSV file: quoted cells may hold commas, line ends and doubled quotes.
function parseCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const parsers = {
  enum: ({ choices }, text) => choices.find((choice) => String(choice) === text),
  boolean: (_, text) => ({ true: true, false: false })[text],
  number: (_, text) => (NUMBER.test(text) ? Number(text) : undefined),
};
parsers.integer = parsers.number;

// `files`: for each table's name a CSV file. Gives fill(frame, readings, holes), what tables say of a frame's slots.
export function createTables({ form, slots, normaliser }, files) {
  const fold = createFold(normaliser.tables.fold);
  const tables = {};
  for (const { mode, table, keyColumn, valueColumn } of slots) {
    if (mode !== 'lookup' || !Object.hasOwn(files, table)) continue;
    const [header, ...rows] = parseCsv(readFileSync(files[table], 'utf8'));
    const [key, value] = [keyColumn, valueColumn].map((name) => header.indexOf(name));
    if (key < 0 || value < 0)
      throw new Error(`${files[table]} needs the columns "${keyColumn}" and "${valueColumn}".`);
    const found = new Map();
    for (const row of rows) {
      const [name, text] = [row[key]?.trim(), row[value]?.trim()];
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
