import { type Lookup, lackingLookups, tellLookup } from '../../shared/domain/lookup.ts';
import { AppError } from '../../shared/errors.ts';
import { readTable } from '../collect/read-table.ts';
import { unwatched, type Work } from '../lib/work.ts';
import { fold } from '../values/text/fold.ts';
import { openStudentFolder, type StudentFolder } from './open-student-folder.ts';
import { openProject } from './project.ts';

/** Where the tables that fill a student's fields come from: a project, and files, which go before it. */
export interface TableSources {
  readonly project?: string | undefined;
  readonly passphrase?: string | undefined;
  /** Each `name=file`. */
  readonly files?: readonly string[] | undefined;
}

export interface StudentWithTables extends StudentFolder {
  /** Fields whose table was not given, each as a sentence. */
  readonly unfilled: readonly string[];
  close(): Promise<void>;
}

/** Loads a student folder with the tables that fill its fields. @throws AppError as `openStudentFolder`, `app.usage`, `lookup.invalid`, `store.*`, `file.*` */
export async function openWithTables(
  folder: string,
  { project: path, passphrase, files = [] }: TableSources,
  options: Omit<Parameters<typeof openStudentFolder>[1], 'find'> = {},
  work: Work = unwatched,
): Promise<StudentWithTables> {
  const held = new Map<string, Map<string, Set<string>>>();
  const project = path === undefined ? undefined : openProject(path, { mode: 'read', passphrase });
  const student = await openStudentFolder(folder, {
    ...options,
    find: (table, key) => {
      const own = held.get(table.name);
      return own ? [...(own.get(key) ?? [])] : (project?.store.lookups.find(table, key) ?? []);
    },
  }).catch((error: unknown) => {
    project?.close();
    throw error;
  });
  const close = async () => {
    await student.predictor.close();
    project?.close();
  };
  try {
    const lookups = student.predictor.lookups ?? [];
    for (const file of files) {
      const [name, table] = await readFile(file, lookups, work);
      held.set(name, table);
    }
    const unfilled = lackingLookups(lookups, project?.store.lookups.list() ?? [])
      .filter(({ name }) => !held.has(name))
      .map((lookup) => `${tellLookup(lookup)}, which was not given.`);
    return { ...student, unfilled, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readFile(given: string, lookups: readonly Lookup[], work: Work) {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  const lookup = lookups.find((own) => own.name === name);
  if (!lookup || path === undefined)
    throw new AppError(
      'app.usage',
      `"${given}" names no table of this student. Give NAME=FILE; its tables: ${lookups.map((own) => own.name).join(', ') || 'none'}.`,
    );
  const table = new Map<string, Set<string>>();
  const add = (key: string, value: string) => {
    const folded = fold(key);
    table.set(folded, (table.get(folded) ?? new Set()).add(value));
  };
  await readTable(path, lookup, add, work);
  return [lookup.name, table] as const;
}
