import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures and counts of the journeys, kept for people to look at. */
export const artefacts = process.env.STILLROOM_ARTEFACTS ?? join(tmpdir(), 'stillroom-journeys');

/** Keeps a picture of the page under a journey's name. */
export async function photograph(page: Page, journey: string, name: string): Promise<void> {
  const folder = join(artefacts, journey);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: 'disabled',
    caret: 'initial',
  });
}
