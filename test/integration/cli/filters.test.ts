import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCliJson as run } from '../../helpers/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-filters-'));
const project = join(folder, 'desk.stillroom');

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const permit = (where: string) =>
  run('consent', project, '--set', 'permitted', '--where', where, '--basis', 'terms');
const approve = (where: string) =>
  run('review', project, 'decide', '--where', where, '--verdict', 'approve', '--reviewer', 'Ana');

beforeAll(async () => {
  const task = { name: 'desk', kind: 'classify', labels: ['card', 'refund'] };
  await run('new', project, '--task', write('task.json', JSON.stringify(task)));
  const rows =
    'id,text,output,may leave\n1,lost it,card,yes\n2,money back,refund,no\n3,hm,other,\n';
  await run('import', project, write('rows.csv', rows), '--map', 'id=id,text=text,output=output');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a slip of the pen in a filter takes in no row', () => {
  test.each([
    ['meta.may_leave != no', 'may leave'],
    ['not meta.leave = no', 'may leave'],
    ['id = 1 or (status != aproved and id != 2)', 'approved'],
    ['not flag = label-eror', 'label-error'],
    ['label != refunds', 'card, refund'],
    ['consent in (private, permited)', 'permitted'],
    ['reviewed != true', 'yes, no'],
  ])('%s', async (where, there) => {
    for (const decide of [permit, approve]) {
      const { code, value } = await decide(where);
      expect([code, value.error?.code]).toEqual([2, 'app.usage']);
      expect(value.error.message).toContain(there);
    }
    const { value } = await run('consent', project, '--set', 'private', '--where', 'all');
    expect(value.changed).toBe(0);
  });

  test.each([
    ['"meta.may leave" != no', 2],
    ['label = other', 1],
    ['label != refund', 2],
    ['source != nothing.csv', 3],
    ['not flag = label-error', 3],
    ['all', 3],
  ])('%s, which names what is there, does', async (where, changed) => {
    expect(await permit(where)).toMatchObject({ code: 0, value: { changed } });
  });
});
