import { readPrograms } from '../read-programs.ts';

const shared = [
  'predict',
  'assemble',
  'reply',
  'form',
  'tables',
  'normalise',
  'surface',
  'lattice',
  'words',
];

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
