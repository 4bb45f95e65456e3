import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder, toFileError } from '../../lib/files.ts';
import { sha256 } from '../../lib/hash.ts';
import type { StudentParts } from '../students/student.ts';
import { toModelCard } from './model-card.ts';
import { type StudentFacts, toStudentJson } from './student-json.ts';

/** Marks folders under construction; a later run removes them. */
export const DRAFT_SUFFIX = '.draft';

/** Writes a student folder whole or not at all: built beside its place, flushed to disk, then renamed. */
export function writeBundle(folder: string, facts: StudentFacts, parts: StudentParts): void {
  const files: Record<string, string | Uint8Array> = {
    ...parts.files,
    'MODEL_CARD.md': toModelCard(facts, parts),
  };
  const sums = Object.fromEntries(
    Object.keys(files)
      .sort()
      .map((path) => [path, sha256(files[path]!)]),
  );
  files['student.json'] = `${JSON.stringify(toStudentJson(facts, sums), null, 2)}\n`;

  const draft = `${folder}${DRAFT_SUFFIX}`;
  try {
    rmSync(draft, { recursive: true, force: true });
    const folders = new Set<string>();
    for (const [path, contents] of Object.entries(files)) {
      const target = join(draft, path);
      mkdirSync(dirname(target), { recursive: true });
      folders.add(dirname(target));
      writeFlushed(target, contents);
    }
    for (const written of folders) syncFolder(written);
    renameSync(draft, folder);
    syncFolder(dirname(folder));
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw toFileError(error, folder);
  }
}

function writeFlushed(path: string, contents: string | Uint8Array): void {
  const bytes = typeof contents === 'string' ? Buffer.from(contents, 'utf8') : contents;
  const file = openSync(path, 'w');
  try {
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
