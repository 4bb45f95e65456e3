import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWindow } from '../../../scripts/build-window.ts';
import { launch, type RunningApp } from '../helpers/launch.ts';
import { startImport, startTraining } from './busy.ts';
import { createMillion, ROWS } from './million.ts';
import { measureScroll } from './scroll.ts';
import { measureSearch } from './search.ts';
import { measureStart } from './start.ts';
import { measureTable } from './table.ts';

/**
 * The real app on a project of a million rows. Times are by the window's own clock and, where a thread can tell, by its
 * processor time, since on a busy machine the clock counts the others' work, too.
 */
async function run() {
  buildWindow();
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-window-'));
  try {
    const started = await measureStart();
    const { path, seconds } = await createMillion(folder);
    console.error(`${ROWS} rows imported and indexed in ${Math.round(seconds)} s.`);
    const running = await launch();
    try {
      await open(running, path);
      const table = await measureTable(running);
      const calm = await measureScroll(running, 'with an idle engine');
      const search = await measureSearch(running);
      const training = await measureScroll(running, 'while a student is trained', () =>
        startTraining(running, folder),
      );
      const importing = await measureScroll(running, 'while the engine imports', () =>
        startImport(running, folder),
      );
      return [...started, ...table, ...calm, ...search, ...training, ...importing];
    } finally {
      await running.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function open({ app, page }: RunningApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('navigation', { name: 'Stages' }).waitFor();
}

console.log(JSON.stringify(await run()));
