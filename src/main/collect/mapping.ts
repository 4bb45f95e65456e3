import { type Mapping, type MappingField, mappingFields } from '../../shared/contract/collect.ts';
import { AppError } from '../../shared/errors.ts';

const example = 'Write for example --map text=question,output=intent,id=ticket.';

/**
 * Reads `text=COLUMN,output=COLUMN,...`; a column name with a comma goes in double quotes.
 * @throws AppError `collect.mapping`
 */
export function parseMapping(source: string): Mapping {
  const mapping: Partial<Record<MappingField, string>> = {};
  const pattern = /\s*([^=,"]+?)\s*=\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(?:,|$)/gy;
  let end = 0;
  for (
    let match = pattern.exec(source);
    match && end < source.length;
    match = pattern.exec(source)
  ) {
    end = pattern.lastIndex;
    const [, field = '', quoted, bare = ''] = match;
    const column = quoted?.replaceAll('""', '"') ?? bare;
    if (!isField(field))
      throw mappingError(`"${field}" can't be mapped; only ${mappingFields.join(', ')} can`);
    if (mapping[field] !== undefined) throw mappingError(`"${field}" is mapped twice`);
    if (column !== '') mapping[field] = column;
  }
  if (end < source.length) throw mappingError(`it is not readable from "${source.slice(end)}" on`);
  return mapping;
}

function mappingError(what: string): AppError {
  return new AppError('collect.mapping', `The mapping is not usable: ${what}. ${example}`);
}

function isField(name: string): name is MappingField {
  return (mappingFields as readonly string[]).includes(name);
}

/**
 * Finds each mapped column among those of the file, upper and lower case aside when that is unambiguous.
 * @throws AppError `collect.mapping` that names the columns there are
 */
export function resolveMapping(mapping: Mapping, columns: readonly string[]): Mapping {
  const resolved: Partial<Record<MappingField, string>> = {};
  for (const [field, name] of Object.entries(mapping) as [MappingField, string][]) {
    const column = findColumn(name, columns);
    if (column === undefined) throw missingColumn(`has no column "${name}"`, field, columns);
    resolved[field] = column;
  }
  if (resolved.text === undefined)
    throw missingColumn('has no column that is clearly the text', 'text', columns);
  return resolved;
}

/** The column of that name, or the only one that differs in case or blanks. */
export function findColumn(name: string, columns: readonly string[]): string | undefined {
  if (columns.includes(name)) return name;
  const fold = (text: string) => text.trim().toLowerCase();
  const similar = columns.filter((column) => fold(column) === fold(name));
  return similar.length === 1 ? similar[0] : undefined;
}

/** The error of a mapping that does not fit its file. */
export function missingColumn(
  what: string,
  field: MappingField,
  columns: readonly string[],
): AppError {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return new AppError(
    'collect.mapping',
    `The file ${what}. Its columns: ${names || 'none'}. Nothing was imported. Say with --map ${field}=COLUMN which one to take.`,
    { details: { field, columns: [...columns] } },
  );
}
