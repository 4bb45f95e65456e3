import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { syncFolder } from '../lib/files.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import { assertThere } from '../store/open.ts';
import { openStore, type Store } from '../store/store.ts';

/** An open project: its store, what it is for, and the folder beside it for students, checkpoints and backups. */
export interface Project {
  readonly store: Store;
  readonly task: Task;
  readonly path: string;
  readonly filesFolder: string;
  close(): void;
}

/**
 * Creates a project file, whole or not at all, and closes it.
 * @throws AppError `store.exists`, `file.missing`, `task.invalid` for a schema that cannot be used or learnt
 */
export function createProject(path: string, task: Task, passphrase?: string): void {
  if (existsSync(path))
    throw new AppError(
      'store.exists',
      `${path} exists already and was not touched. Choose another name.`,
    );
  const folder = dirname(resolve(path));
  if (!existsSync(folder))
    throw new AppError(
      'file.missing',
      `There is no folder ${folder}. Make it first; nothing was written.`,
    );
  createOutputValidator(task);
  if (task.kind === 'extract' || task.kind === 'tools') compileForm(task);
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const store = openStore(draft, { mode: 'create', passphrase });
  store.project.create(task);
  store.close();
  renameSync(draft, path);
  rmSync(`${draft}-lock`, { force: true });
  syncFolder(dirname(path));
}

/** Opens a project; `write` makes this process its only writer. @throws AppError `store.*` */
export function openProject(
  path: string,
  { mode, passphrase }: { mode: 'read' | 'write'; passphrase?: string | undefined },
): Project {
  const absolutePath = resolve(path);
  const filesFolder = `${absolutePath}.files`;
  // Before the lock, which would leave a file beside a project that is not there.
  assertThere(absolutePath);
  const store = openStore(absolutePath, {
    mode,
    passphrase,
    backupFolder: `${filesFolder}/backups`,
  });
  return {
    store,
    // Labels can be added while it is open.
    get task() {
      return store.project.task();
    },
    path: absolutePath,
    filesFolder,
    close: store.close,
  };
}
