import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FileLabels } from '../../shared/contract/collect.ts';
import { AppError } from '../../shared/errors.ts';
import { lookInto, type PlanRequest } from './plan-import.ts';

/** A column with more different values is no column of labels. */
const MOST = 1_000;

/**
 * The different values of a column of a file with how many rows have each, the most frequent first: the labels of a
 * project that is still to be made. Without a column, that of the answers is guessed from the names.
 * @throws AppError `collect.mapping` for a column of more than 1,000 values, and as `importFile`
 */
export async function listLabels(request: PlanRequest, column?: string): Promise<FileLabels> {
  // Nothing is known of the task yet but that it has labels.
  const task = { name: 'labels', kind: 'classify', instructions: '' } as const;
  const { file, columns, guess } = await lookInto(task, request);
  const chosen = column ?? guess.output;
  if (chosen === undefined) return { columns, column: null, labels: [] };
  const rows = new Map<string, number>();
  for await (const { records } of file.batches()) {
    await setImmediate();
    for (const { fields } of records) {
      const value = fields[chosen];
      const label = typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';
      if (label !== '') rows.set(label, (rows.get(label) ?? 0) + 1);
    }
    if (rows.size > MOST)
      throw new AppError(
        'collect.mapping',
        `"${chosen}" of ${basename(request.path)} has more than ${MOST.toLocaleString('en-GB')} different values, too many for labels. Choose another column.`,
      );
  }
  const labels = [...rows].map(([label, count]) => ({ label, rows: count }));
  return { columns, column: chosen, labels: labels.sort((a, b) => b.rows - a.rows) };
}
