import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../src/shared/domain/json.ts';
import { createDesk } from './desk.ts';

const fixture = new URL('../../fixtures/requests/', import.meta.url);

/** Enough for a student that gets most functions right, and soon trained. */
const TRAIN_ROWS = 240;

export interface RequestRow {
  readonly id: string;
  readonly text: string;
  readonly output: { readonly name: string; readonly arguments: Record<string, Json> } | null;
  readonly split: 'train' | 'calibration' | 'holdout';
}

export const requestRows = (): RequestRow[] =>
  readFileSync(new URL('requests.jsonl', fixture), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RequestRow);

export interface PreparedProject {
  readonly path: string;
  /** The record that a person has to correct: its title is not in the text, its rating is no number. */
  readonly planted: {
    readonly right: RequestRow;
    readonly title: string;
    readonly rating: string;
  };
}

/**
 * A project of kind `tools` with the fixture's rows, made without a window: training rows with imported answers, one of
 * them wrong and so first in the review queue; calibration and holdout as judged by people.
 */
export async function prepareRequests({
  isTrained = false,
}: {
  /** With a student that was measured, and a threshold. */
  readonly isTrained?: boolean;
} = {}): Promise<PreparedProject> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-requests-'));
  const path = join(folder, 'requests.stillroom');
  const rows = requestRows();
  const at = rows.findIndex(
    ({ split, output }) =>
      split === 'train' && output?.name === 'rate_book' && output.arguments.title !== undefined,
  );
  const right = rows[at]!;
  const planted = { title: 'A Title Nobody Said', rating: 'four' };
  const wrong = { ...right.output!.arguments, ...planted };
  rows[at] = { ...right, output: { name: 'rate_book', arguments: wrong } };
  const write = (name: string, chosen: readonly RequestRow[]) => {
    const file = join(folder, name);
    writeFileSync(file, chosen.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return file;
  };

  const { run, finish, close } = createDesk();
  const task = JSON.parse(readFileSync(new URL('task.json', fixture), 'utf8')) as Json;
  await run('project.create', { path, task });
  const mapping = { id: 'id', text: 'text', output: 'output', split: 'split' };
  const train = rows.filter(({ split }) => split === 'train').slice(0, TRAIN_ROWS);
  await finish('collect.import', { path: write('train.jsonl', train), mapping });
  await finish('collect.import', {
    path: write(
      'held-out.jsonl',
      rows.filter(({ split }) => split !== 'train'),
    ),
    mapping,
    reviewedBy: 'the data set authors',
  });
  if (isTrained) {
    await finish('train.run', { student: 'crf' });
    await finish('evaluate.run', {});
    await finish('route.run', { maxError: 0.2 });
  }
  await close();
  return { path, planted: { right, ...planted } };
}
