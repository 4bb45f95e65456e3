import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSession } from '../../../src/main/app/session.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-form-'));
const session = createSession(() => undefined);
const task = JSON.parse(
  readFileSync(new URL('../../fixtures/requests/task.json', import.meta.url), 'utf8'),
);

async function call<Name extends MethodName>(
  name: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const result = await session.call(name, input);
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
  return result.value as MethodOutput<Name>; // as the contract says
}

beforeAll(() => call('project.create', { path: join(folder, 'requests.stillroom'), task }));
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('outputs with fields in the window', () => {
  const text = 'play the newest chant by Ry Cooder on Deezer';
  const output = {
    name: 'play_music',
    arguments: { sort: 'newest', artist: 'Ry Cooder', track: 'Across the Borderline' },
  };

  test('values are shown where training reads them, and what is not in the text is told', async () => {
    const [values] = await call('form.locate', { items: [{ text, output }] });
    const found = values!.map(({ name, span, isThere }) => [
      name,
      span && text.slice(span.start, span.end),
      isThere,
    ]);
    expect(found).toEqual([
      ['track', undefined, false],
      ['artist', 'Ry Cooder', true],
      ['sort', 'newest', true],
    ]);
  });

  test('no call, and a call of a function that is not there, have nothing to show', async () => {
    const items = [null, { name: 'fly', arguments: {} }].map((one) => ({ text, output: one }));
    expect(await call('form.locate', { items })).toEqual([[], []]);
  });

  test('an output is checked as a review would check it', async () => {
    const check = async (value: MethodInput<'form.check'>['output']) =>
      (await call('form.check', { output: value })).problems;
    expect(await check(output)).toEqual([]);
    expect(await check(null)).toEqual([]);
    expect(await check({ name: 'rate_book', arguments: { rating: 'four' } })).toEqual([
      'rating must be integer',
    ]);
    expect(await check({ name: 'rate_book', arguments: {} })).toHaveLength(1);
  });
});
