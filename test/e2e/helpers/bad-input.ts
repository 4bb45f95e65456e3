import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { photograph } from './photograph.ts';

export const longText = 'very long '.repeat(400).trim();
export const emojiName = '🏦 Bank / desk: “ünïcode” 👩🏽‍💼';

/** Files that cannot be imported, and words of the message. */
export const files: readonly [string, string | Buffer, RegExp][] = [
  ['quote.csv', 'id,text\n1,"never closed\n2,b\n', /quote/i],
  ['twice.csv', 'text,text\na,b\n', /twice|same name|two columns/i],
  ['empty.csv', '', /empty|no rows|nothing/i],
  ['broken.json', '[{"text": "a"},', /JSON|ends/i],
  ['broken.jsonl', '{"text": "a"}\n{"text": ', /line 2|JSON/i],
  ['noise.csv', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 73) % 256)), /./],
  ['fake.xlsx', 'PK\u0003\u0004 no workbook', /./],
  ['fake.parquet', 'PAR1 no parquet', /./],
  ['picture.png', Buffer.from('89504e470d0a1a0a', 'hex'), /./],
];

export const schemas: readonly [string, RegExp][] = [
  ['{nonsense', /This is not JSON/],
  ['[1, 2]', /./],
  [
    '{"type": "object", "properties": {"a": {"$ref": "https://teacher.invalid/x"}}}',
    /\/properties\/a|\$ref/,
  ],
  ['{"type": "object", "properties": {}}', /no fields|names no/],
];

export const addresses: readonly [string, RegExp][] = [
  ['no address', /is not an address/],
  ['http://teacher.invalid/v1', /not encrypted/],
  ['https://user:secret@teacher.invalid/v1', /user name or password/],
  ['https://teacher.invalid/v1', /there is no key/],
];

export async function goTo(page: Page, screen: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Stages' });
  await rail.getByRole('link', { name: new RegExp(`^(\\d )?${screen}`) }).click();
  await page.getByRole('heading', { level: 1, name: screen }).waitFor();
}

/** The message in its place; it must say what to do, in words and not in the engine's own. */
export async function expectMessage(page: Page, words: RegExp, picture: string): Promise<void> {
  const alert = page.getByRole('alert').filter({ hasText: words });
  await alert.first().waitFor();
  await photograph(page, 'bad-input', picture);
  await expect
    .poll(() => alert.first().textContent())
    .not.toMatch(/undefined|\[object|TypeError|ZodError|stack/);
}
