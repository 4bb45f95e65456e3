import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHouseRows, type HouseRow } from '../../helpers/house-replies.ts';
import { createDesk } from './desk.ts';

/**
 * A project of replies, made without a window: training rows with the replies of a house, calibration and holdout as
 * people judged them, a student that was measured, and a threshold.
 */
export async function prepareReplies(): Promise<{ readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-replies-'));
  const path = join(folder, 'replies.stillroom');
  const write = (name: string, rows: readonly HouseRow[]) => {
    const file = join(folder, name);
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return file;
  };
  const taught = createHouseRows(560, { reworded: 0.2, invented: 0.05 });
  const clean = createHouseRows(560, { reworded: 0.2, invented: 0 });
  const { run, finish, close } = createDesk();
  const task = {
    name: 'House replies',
    kind: 'rewrite' as const,
    instructions: 'Reply in our words.',
  };
  await run('project.create', { path, task });
  const mapping = { id: 'id', text: 'text', output: 'output' };
  await finish('collect.import', {
    path: write('train.jsonl', taught.slice(0, 280)),
    mapping,
    split: 'train',
  });
  for (const [split, rows] of Object.entries({
    calibration: clean.slice(280, 420),
    holdout: clean.slice(420),
  }))
    await finish('collect.import', {
      path: write(`${split}.jsonl`, rows),
      mapping,
      split: split as 'calibration' | 'holdout',
      reviewedBy: 'the house',
    });
  await finish('train.run', { student: 'crf' });
  await finish('evaluate.run', {});
  await finish('route.run', { maxError: 0.2 });
  await close();
  return { path };
}
