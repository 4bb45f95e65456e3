import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSession } from '../../../src/main/app/session.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-lookup-'));
const heard: string[] = [];
const session = createSession((event) => {
  if (event.kind === 'changed') heard.push(...event.topics);
});

async function call<Name extends MethodName>(
  name: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const result = await session.call(name, input);
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
  return result.value as MethodOutput<Name>; // as the contract says
}

const tool = (name: string, properties: object) => ({
  name,
  parameters: { type: 'object', properties, required: [] },
});
const text = { type: 'string' };
const task = {
  name: 'desk',
  kind: 'tools' as const,
  tools: [
    tool('refund', { customer: text, account: text, orders: { type: 'array', items: text } }),
    tool('greet', { language: text }),
  ],
};
const path = join(folder, 'accounts.csv');
const columns = { keyColumn: 'name', valueColumn: 'account' };

beforeAll(async () => {
  writeFileSync(path, 'name,account\nAcme,1\nGlobex,2\n');
  await call('project.create', { path: join(folder, 'desk.stillroom'), task });
});
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('tables that fill fields, in the window', () => {
  const request = { path, name: 'accounts', field: 'account', by: 'customer', ...columns };

  test('the columns of a file are offered, a table is added, shown and removed', async () => {
    expect(await call('lookup.columns', { path })).toEqual({ columns: ['name', 'account'] });
    expect(await call('lookup.list', {})).toEqual([]);
    expect(await call('lookup.add', request)).toMatchObject({ keys: 2, isReplaced: false });
    expect(heard).toContain('lookups');
    expect(await call('lookup.list', {})).toMatchObject([
      { name: 'accounts', field: 'account', by: 'customer', keys: 2, ambiguous: 0 },
    ]);
    expect(await call('lookup.neededBy', { name: 'accounts' })).toEqual([]);
    await call('lookup.remove', { name: 'accounts' });
    expect(await call('lookup.list', {})).toEqual([]);
  });

  test.each([
    [{ field: 'nothing' }, 'no field "nothing"'],
    [{ by: 'account' }, 'by itself'],
    [{ by: 'orders' }, 'is a list'],
    [{ by: 'language' }, 'No function has both'],
  ])('%j is refused, and nothing is kept', async (change, words) => {
    await expect(call('lookup.add', { ...request, ...change })).rejects.toMatchObject({
      code: 'lookup.invalid',
      message: expect.stringContaining(words),
    });
    expect(await call('lookup.list', {})).toEqual([]);
  });

  test('a field has one table, and none that is looked up is looked up by', async () => {
    await call('lookup.add', request);
    for (const change of [{ name: 'others' }, { name: 'others', field: 'customer', by: 'account' }])
      await expect(call('lookup.add', { ...request, ...change })).rejects.toMatchObject({
        code: 'lookup.invalid',
      });
    expect(await call('lookup.list', {})).toHaveLength(1);
  });
});
