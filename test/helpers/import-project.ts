import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportRequest, importFile } from '../../src/main/collect/import-file.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { Sqlite } from '../../src/main/store/database.ts';
import { openStore, type Store } from '../../src/main/store/store.ts';
import { parseTask, type Task } from '../../src/shared/domain/task.ts';

export const classifyTask = parseTask({
  name: 'desk',
  kind: 'classify',
  labels: ['card', 'refund'],
});

export interface ImportProject {
  readonly store: Store;
  readonly task: Task;
  /** Writes a file beside the project and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  import(
    path: string,
    request?: Partial<ImportRequest>,
    store?: Store,
  ): ReturnType<typeof importFile>;
  /** Every row of every table, read through a connection of its own. */
  dump(): string;
}

/** A new project in a folder of its own. */
export function createImportProject(task: Task = classifyTask): ImportProject {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-import-'));
  const projectPath = join(folder, 'p.stillroom');
  const store = openStore(projectPath, { mode: 'create' });
  store.project.create(task);
  return {
    store,
    task,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    import: (path, request = {}, through = store) =>
      importFile(through, task, { ...request, path }, unwatched),
    dump() {
      const db = new Sqlite(projectPath, { readonly: true });
      try {
        const tables = db
          .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
          .pluck()
          .all() as string[];
        return JSON.stringify(
          tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).raw().all()]),
        );
      } finally {
        db.close();
      }
    },
  };
}
