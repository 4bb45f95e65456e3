import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds on the page: each rule that is broken, with the elements. */
export async function violations(page: Page): Promise<string[]> {
  // Electron has no pages of its own for axe to open, so it runs within this one.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
