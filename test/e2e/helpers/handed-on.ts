import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modulesFolder = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Those of the texts that stand in any file of a folder. */
export function textsIn(folder: string, texts: readonly string[]): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
  return texts.filter((text) => all.includes(Buffer.from(text, 'utf8').toString('latin1')));
}

/** What the student's own sample program answers, which needs nothing of Stillroom. */
export function answersOf(student: string, texts: readonly string[]): string[] {
  const modules = join(student, '..', 'node_modules');
  if (!existsSync(modules)) symlinkSync(modulesFolder, modules);
  const output = execFileSync(process.execPath, [join(student, 'run/predict.mjs')], {
    input: texts.map((text) => text.replaceAll('\n', ' ')).join('\n'),
    encoding: 'utf8',
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { output: string }).output);
}
