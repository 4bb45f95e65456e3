import { readFileSync } from 'node:fs';

const shared = [
  'predict',
  'assemble',
  'form',
  'tables',
  'normalise',
  'surface',
  'lattice',
  'words',
];

/** Programs beside a module, by the path that they get in a student's folder. */
export function readPrograms(paths: readonly string[], base: string): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [
      `run/${path.slice(path.lastIndexOf('/') + 1)}`,
      readFileSync(new URL(path, base), 'utf8'),
    ]),
  );
}

/**
 * The programs of `run/` that students with fields have in common; they go into each folder as they are. Each kind adds
 * `read.mjs` (`createReader(folder, decoder)` gives `async (text, context) => parse`) and `read.py`.
 */
export function sharedPrograms(): Record<string, string> {
  return readPrograms(
    shared.flatMap((name) => [`run/${name}.mjs`, `run/${name}.py`]),
    import.meta.url,
  );
}
