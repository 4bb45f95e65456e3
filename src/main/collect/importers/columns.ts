import { malformed } from '../malformed.ts';

/**
 * Names the columns of a header: trimmed, blank ones numbered.
 * @throws AppError `file.malformed` when two have the same name, since one of them would be lost
 */
export function nameColumns(path: string, header: readonly string[], line: number): string[] {
  const names = header.map((name, i) => name.trim() || `column ${i + 1}`);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw malformed(path, {
        line,
        what: `two columns are named "${name}"`,
        remedy: 'Rename one of them in the first row.',
      });
    seen.add(name);
  }
  if (names.some((name) => name.includes('\u0000')))
    throw malformed(path, {
      line,
      what: 'a column name has a NUL character in it',
      remedy: 'The file may be binary. Export it again as CSV.',
    });
  return names;
}
