import type { AddedLabels } from '../../shared/contract/project.ts';
import { parseTask, type Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import type { Store } from '../store/store.ts';

/** How labels that were added are taken away again, or are added once more. */
export interface LabelsStep {
  readonly kind: 'labels';
  readonly labels: readonly string[];
}

/**
 * Adds labels to the task; records that have one of them already, such as from an imported file, fit it from now on.
 * @throws AppError `task.invalid` for a task without labels or when there is nothing new, `seal.refused`
 */
export function addLabels(store: Store, labels: readonly string[]): AddedLabels {
  const known = labelsOf(store.project.task());
  const added = [...new Set(labels.map((label) => label.trim()))].filter(
    (label) => label !== '' && !known.includes(label),
  );
  if (added.length === 0)
    throw new AppError(
      'task.invalid',
      'The project has these labels already. Nothing was changed.',
    );
  return store.transaction(() => {
    const fitting = setLabels(store, [...known, ...added]);
    store.operations.add(`add ${added.length === 1 ? 'a label' : `${added.length} labels`}`, {
      kind: 'labels',
      labels: added,
    });
    return { added, fitting };
  });
}

export function undoLabels(store: Store, { labels }: LabelsStep): LabelsStep {
  const left = labelsOf(store.project.task()).filter((label) => !labels.includes(label));
  setLabels(store, left);
  return { kind: 'labels', labels };
}

export function redoLabels(store: Store, { labels }: LabelsStep): LabelsStep {
  setLabels(store, [...labelsOf(store.project.task()), ...labels]);
  return { kind: 'labels', labels };
}

function labelsOf({ kind, labels }: Task): readonly string[] {
  if (kind === 'classify' && labels) return labels;
  throw new AppError('task.invalid', 'This project has no labels to add to. Nothing was changed.');
}

/** Records whose labels count now and did not, or the other way round. */
function setLabels(store: Store, labels: readonly string[]): number {
  if (store.seals.current())
    throw new AppError(
      'seal.refused',
      'The holdout is sealed: its records were judged with the labels there are, and would be wrong with others. Nothing was changed. A new project can have other labels.',
    );
  const task = parseTask({ ...store.project.task(), labels });
  store.project.setTask(task);
  const validate = createOutputValidator(task);
  return store.labels.revalidate((output) => validate(output).length === 0);
}
