import { basename } from 'node:path';
import type { LookupOutcome, LookupRequest } from '../../shared/contract/lookup.ts';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { Form, Slot } from '../../shared/domain/form/form.ts';
import { valueFromText } from '../../shared/domain/form/value-from-text.ts';
import type { Lookup } from '../../shared/domain/lookup.ts';
import { AppError } from '../../shared/errors.ts';
import { readTable } from '../collect/read-table.ts';
import { labelErrorCheck } from '../curate/checks/label-error.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { fold } from '../values/text/fold.ts';
import { learntBy } from './learnt-by.ts';
import type { Project } from './project.ts';

/**
 * Takes a table into the project, whole or not at all. It fills its field from then on, and the next student does not
 * learn that field. A table of the same name is replaced.
 * @throws AppError `lookup.invalid`, `collect.mapping`, `file.*`, `app.cancelled`
 */
export async function addLookup(
  { store, task }: Project,
  { path, ...lookup }: LookupRequest,
  work: Work,
): Promise<LookupOutcome> {
  const others = store.lookups.list().filter(({ name }) => name !== lookup.name);
  const hasFields = task.kind === 'extract' || task.kind === 'tools';
  const slot = assertFits(hasFields ? compileForm(task) : undefined, lookup, others);
  const isReplaced = store.lookups.list().length > others.length;
  const pairs: (readonly [string, string])[] = [];
  const read = await readTable(path, lookup, (key, value) => pairs.push([fold(key), value]), work);
  const unfit = pairs.filter(([, value]) => valueFromText(slot, value) === undefined).length;
  if (unfit === pairs.length)
    refuse(
      `No value of "${lookup.valueColumn}" in ${path} fits "${slot.name}" (${slot.type}). Choose the column that holds it.`,
    );
  const forgotten = store.transaction(() => {
    const add = store.lookups.begin({ ...lookup, fileName: basename(path) });
    for (const [key, value] of pairs) add(key, value);
    return forgetReadings(store);
  });
  const row = store.lookups.list().find(({ name }) => name === lookup.name)!; // added just now
  store.checkpoint();
  return { ...row, ...read, unfit, isReplaced, forgotten };
}

/**
 * What the check of labels read with the tables as they were: its suggestions and differences hold their values. Gives
 * how many doubts went.
 */
const forgetReadings = (store: Store): number => store.findings.forget(labelErrorCheck.id);

/** What a table that is gone leaves behind. */
export interface RemovedLookup {
  /** Ids of the students that fill a field from it. */
  readonly neededBy: readonly string[];
  /** Doubts about labels that were taken back. */
  readonly forgotten: number;
}

/** Forgets a table; what it said is gone from the project file. @throws AppError `lookup.invalid` */
export function removeLookup({ store }: Project, name: string): RemovedLookup {
  const known = store.lookups.list();
  const forgotten = store.transaction(() =>
    store.lookups.remove(name) ? forgetReadings(store) : undefined,
  );
  if (forgotten === undefined)
    throw new AppError(
      'lookup.invalid',
      `There is no table "${name}". There are: ${known.map((own) => own.name).join(', ') || 'none'}.`,
    );
  store.checkpoint();
  return { neededBy: studentsNeeding(store, name), forgotten };
}

/** Ids of the students that fill a field from a table, in the order of their training. */
export function studentsNeeding(store: Store, table: string): string[] {
  return store.students
    .list()
    .map(({ id }) => id)
    .filter((id) => learntBy(store, id).fields?.some(({ lookup }) => lookup?.table === table));
}

/**
 * The slot that is to be filled. The fields are the task's, hold one value each, stand in one frame, and neither is
 * filled by another table.
 */
function assertFits(
  form: Form | undefined,
  { field, by }: Pick<Lookup, 'field' | 'by'>,
  others: readonly Lookup[],
): Slot {
  if (!form) refuse('Outputs of this task have no fields, so no table can fill one.');
  const slots = [field, by].map((name) => form.slots.findIndex((slot) => slot.name === name));
  const unknown = [field, by].find((_, i) => slots[i]! < 0);
  if (unknown !== undefined)
    refuse(
      `The task has no field "${unknown}". Its fields: ${form.slots.map(({ name }) => name).join(', ')}.`,
    );
  if (field === by) refuse(`A field is not looked up by itself: name another than "${field}".`);
  const list = [field, by].find((_, i) => form.slots[slots[i]!]!.isList);
  if (list !== undefined) refuse(`"${list}" is a list; a table gives and takes one value.`);
  if (!form.frames.some((frame) => slots.every((slot) => frame.slots.includes(slot))))
    refuse(`No function has both "${field}" and "${by}".`);
  const rival = others.find((own) => own.field === field);
  if (rival)
    refuse(`"${field}" is filled from the table "${rival.name}" already; remove that one.`);
  const chain = others.find((own) => own.field === by || own.by === field);
  if (chain)
    refuse(
      `The table "${chain.name}" fills "${chain.field}" by "${chain.by}"; a field that is looked up cannot be looked up by.`,
    );
  return form.slots[slots[0]!]!; // found above
}

function refuse(problem: string): never {
  throw new AppError('lookup.invalid', `${problem} Nothing was changed.`);
}
