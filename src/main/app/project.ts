import type { Task } from '../../shared/domain/task.ts';
import { openStore, type Store } from '../store/store.ts';

/** An open project: its store, what it is for, and the folder beside it for students, checkpoints and backups. */
export interface Project {
  readonly store: Store;
  readonly task: Task;
  readonly path: string;
  readonly filesFolder: string;
  close(): void;
}

/** Creates a project file. @throws AppError `store.exists` */
export function createProject(path: string, task: Task, passphrase?: string): Project {
  const store = openStore(path, { mode: 'create', passphrase });
  store.project.create(task);
  return toProject(store, task);
}

/** Opens a project; `write` makes this process its only writer. @throws AppError `store.*` */
export function openProject(
  path: string,
  { mode, passphrase }: { mode: 'read' | 'write'; passphrase?: string | undefined },
): Project {
  const store = openStore(path, {
    mode,
    passphrase,
    backupFolder: `${filesFolderOf(path)}/backups`,
  });
  return toProject(store, store.project.task());
}

function toProject(store: Store, task: Task): Project {
  return {
    store,
    task,
    path: store.path,
    filesFolder: filesFolderOf(store.path),
    close: store.close,
  };
}

function filesFolderOf(path: string): string {
  return `${path}.files`;
}
