import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { StudentExport } from '../../shared/contract/export.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { assertFree, writeFolder } from './write-folder.ts';

export interface StudentExportOptions {
  readonly studentId: string;
  readonly studentFolder: string;
  readonly folder: string;
  /** Let a student leave although a quality gate fails; its card then says so. */
  readonly isDraft: boolean;
}

const CARD = 'MODEL_CARD.md';
const words = { pass: 'passed', warn: 'caution', fail: 'failed' } as const;

/**
 * Copies a student folder, file by file; its card tells how the quality gates stood. A student of which one fails
 * leaves only as a draft, with the failures at the top of its card.
 * @throws AppError `export.refused`, `file.exists`, `student.malformed`
 */
export async function exportStudent(
  store: Store,
  options: StudentExportOptions,
  work: Work,
): Promise<StudentExport> {
  if (!existsSync(join(options.studentFolder, 'student.json')))
    throw new AppError(
      'student.malformed',
      `The folder of student ${options.studentId} is gone or incomplete: ${options.studentFolder}. Train it again.`,
    );
  const gates = store.gates.list();
  const failures = gates.filter((gate) => gate.status === 'fail');
  if (failures.length > 0 && !options.isDraft)
    throw new AppError(
      'export.refused',
      `The student was not exported: ${failures.length} quality ${failures.length === 1 ? 'gate fails' : 'gates fail'}. ${failures.map((gate) => gate.message).join(' ')} Mend the data and train again, or export it as a draft (on the command line, --draft).`,
      { details: { failedGates: failures.map((gate) => gate.id) } },
    );
  assertFree(options.folder);
  const isDraft = failures.length > 0;
  const notice = isDraft
    ? `> **Draft.** Stillroom's quality gates did not pass when this student was exported:\n${failures.map((gate) => `> - ${gate.message}`).join('\n')}\n\n`
    : '';
  const section =
    gates.length === 0
      ? '\n## Quality gates\n\nThe data were not checked.\n'
      : `\n## Quality gates\n\n${gates.map((gate) => `- ${words[gate.status]}: ${gate.message}`).join('\n')}\n`;
  const files = await writeFolder(options.folder, async (writer) => {
    const written: { path: string; sha256: string }[] = [];
    const paths = filesOf(options.studentFolder);
    for (const path of paths) {
      throwIfCancelled(work.signal);
      const bytes = readFileSync(join(options.studentFolder, path));
      const pieces = path === CARD ? [afterFrontMatter(bytes, notice), section] : [bytes];
      written.push({ path, sha256: writer.write(path, pieces).sha256 });
      work.report({ done: written.length, total: paths.length, message: `Copying ${path}` });
      await setImmediate();
    }
    if (isDraft) writer.write('DRAFT.md', [notice]);
    return written;
  });
  store.exports.add({
    format: 'student',
    folder: options.folder,
    manifest: { studentId: options.studentId, files, draft: isDraft },
    dataFingerprint: options.studentId,
  });
  return {
    format: 'student',
    studentId: options.studentId,
    folder: options.folder,
    files,
    refused: 0,
    draft: isDraft,
    failedGates: failures.map((gate) => gate.id),
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Puts a notice at the top of a card, below its YAML. */
function afterFrontMatter(card: Buffer, notice: string): string {
  const text = card.toString('utf8');
  if (notice === '') return text;
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 4) : -1;
  return end < 0 ? notice + text : `${text.slice(0, end + 5)}\n${notice}${text.slice(end + 5)}`;
}
