import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFT_SUFFIX } from './bundle/write-bundle.ts';
import { structuredStudents } from './structured/index.ts';
import { students } from './students/index.ts';

/** Removes what a training left that died before its row was written: drafts, and folders that no row names. */
export function removeOrphans(studentsFolder: string, known: ReadonlySet<string>): void {
  for (const name of listFolder(studentsFolder)) {
    const id = name.endsWith(DRAFT_SUFFIX) ? name.slice(0, -DRAFT_SUFFIX.length) : name;
    if (known.has(name) || !isStudentId(id)) continue;
    rmSync(join(studentsFolder, name), { recursive: true, force: true });
  }
}

/** Only names that we give are ever removed. */
function isStudentId(name: string): boolean {
  return [...students, ...structuredStudents].some(
    (student) =>
      name.startsWith(`${student.id}-`) && /^[0-9a-f]{8}$/.test(name.slice(student.id.length + 1)),
  );
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
