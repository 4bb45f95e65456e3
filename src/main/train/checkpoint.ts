import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/files.ts';

/** Finished parts of a training run, on disk; parts of one run carry one name. */
export interface Checkpoint {
  /** The parts kept so far, in order. */
  parts(): Uint8Array[];
  /** Adds a part, whole or not at all. */
  append(part: Uint8Array): void;
  /** Adds a part and then forgets those before it. */
  replace(part: Uint8Array): void;
}

/** All checkpoints of a project: one folder, of which a run sees only what has its own key. */
export interface CheckpointFolder {
  of(key: string): Checkpoint;
  /** Forgets every run: called when a student is finished. */
  clear(): void;
}

/** Opens the folder; it is made when the first part is written. */
export function openCheckpoints(folder: string): CheckpointFolder {
  return {
    of(key) {
      const own = join(folder, key);
      const append = (part: Uint8Array) => {
        mkdirSync(own, { recursive: true });
        const last = listParts(own).at(-1);
        const number = last === undefined ? 0 : Number.parseInt(last, 10) + 1;
        const name = `${String(number).padStart(5, '0')}.part`;
        writeFileAtomic(join(own, name), part);
        return name;
      };
      return {
        parts: () => listParts(own).map((name) => readFileSync(join(own, name))),
        append,
        replace(part) {
          const kept = append(part);
          for (const name of listParts(own)) if (name < kept) rmSync(join(own, name));
        },
      };
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function listParts(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.part'))
      .sort();
  } catch {
    return [];
  }
}
