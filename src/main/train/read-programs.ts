import { readFileSync } from 'node:fs';

/** Programs beside a module, by the path that they get in a student's folder. */
export function readPrograms(paths: readonly string[], base: string): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [
      `run/${path.slice(path.lastIndexOf('/') + 1)}`,
      readFileSync(new URL(path, base), 'utf8'),
    ]),
  );
}
