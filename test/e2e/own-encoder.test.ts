import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeEncoder, plainStyle } from '../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../fixtures/encoders/write-folder.ts';
import { smallLabels, smallTexts } from '../helpers/small-set.ts';
import { createDesk } from './helpers/desk.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/* A student is built, in the window, on an encoder that the user has in a folder. */

const folder = mkdtempSync(join(tmpdir(), 'stillroom-reader-'));
const path = join(folder, 'wishes.stillroom');
const encoderFolder = writeEncoderFolder(join(folder, 'my-encoder'), makeEncoder(plainStyle), {
  config: { _name_or_path: 'letters/my-encoder' },
});

let running: RunningApp;
beforeAll(async () => {
  const { run, finish, close } = createDesk();
  await run('project.create', {
    path,
    task: { name: 'wishes', kind: 'classify', labels: [...smallLabels] },
  });
  const rows = smallTexts(160).map((row, i) => ({ id: `r${i}`, ...row }));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await finish('collect.import', {
    path: file,
    mapping: { id: 'id', text: 'text', output: 'label' },
  });
  await close();
  running = await launch();
  await choose(path);
  await running.page.getByRole('button', { name: /^open/i }).first().click();
  await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
}, 300_000);
afterAll(() => running.close());

/** What the system's dialog gives from now on. */
function choose(chosen: string): Promise<void> {
  return running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, chosen);
}

test('the folder is chosen on Train, and the student says what it was built on', async () => {
  const { page } = running;
  await go(running, 'Train');
  const reader = page.getByRole('region', { name: 'Pretrained reader' });
  await page.getByRole('radio', { name: 'Quick' }).click();
  await expect.poll(() => reader.count()).toBe(0); // built on none
  await page.getByRole('radio', { name: 'Reader alone' }).click();
  await reader.getByText('the bundled one').waitFor();
  await choose(encoderFolder);
  await reader.getByRole('button', { name: 'Choose a folder…' }).click();
  await reader.getByText('my-encoder').waitFor();
  await expectAccessible(running);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText('Trained just now').waitFor({ timeout: 120_000 });

  const [student] = await ask(page, 'train.students', {});
  const { preprocessing } = JSON.parse(readFileSync(join(student!.folder, 'student.json'), 'utf8'));
  expect(preprocessing.encoder).toBe('letters/my-encoder');
  const program = readFileSync(join(student!.folder, 'run/tokenise.mjs'), 'utf8');
  expect(program).toContain('@huggingface/tokenizers');
}, 180_000);
