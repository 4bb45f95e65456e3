import { authors, consents, origins, splits, statuses } from '../../shared/domain/example.ts';
import { type Filter, listComparisons } from '../../shared/domain/filter.ts';
import type { Task } from '../../shared/domain/task.ts';
import { listTools, noCall } from '../../shared/domain/tools.ts';
import { AppError } from '../../shared/errors.ts';
import { checks } from '../curate/checks/index.ts';
import type { Project } from './project.ts';

const closed: Readonly<Record<string, readonly string[]>> = {
  consent: consents,
  origin: origins,
  split: splits,
  status: statuses,
  author: authors,
  reviewed: ['yes', 'no'],
  flag: checks.map(({ id }) => id),
};

/**
 * Refuses a filter that names what is not there: a column of no row, a value that its field never has. Where something
 * is decided about all rows that match, a slip of the pen in `meta.consent != no` would else take in every one.
 * @throws AppError `app.usage` naming what there is
 */
export function assertFilterFits({ store, task }: Pick<Project, 'store' | 'task'>, filter: Filter) {
  for (const { field, operator, values } of listComparisons(filter)) {
    if (field.startsWith('meta.')) {
      const column = field.slice('meta.'.length);
      if (!store.examples.hasColumn(column))
        refuse(`No row has a column "${column}"`, store.examples.columns());
      continue;
    }
    if (!['=', '!=', 'in'].includes(operator)) continue;
    const known = { ...closed, ...ownValues(task) }[field];
    // A label of old may be none of the task's.
    const isHeld = (value: string) =>
      field === 'label' &&
      store.examples.count({ kind: 'compare', field, operator: '=', values: [value] }) > 0;
    const unknown = values.find((value) => known && !known.includes(value) && !isHeld(value));
    if (unknown !== undefined) refuse(`"${field}" is never "${unknown}"`, known!); // found above
  }
}

/** Values that a task's own fields may have. */
function ownValues(task: Task): Readonly<Record<string, readonly string[]>> {
  if (task.kind === 'classify') return { label: task.labels ?? [] };
  if (task.kind === 'tools')
    return { function: [...listTools(task).map(({ name }) => name), noCall] };
  return {};
}

const SHOWN = 20;

function refuse(problem: string, known: readonly string[]): never {
  const more = known.length > SHOWN ? `, and ${known.length - SHOWN} more` : '';
  const there = known.slice(0, SHOWN).join(', ') || 'none';
  throw new AppError('app.usage', `${problem}. Nothing was done. There are: ${there}${more}.`);
}
