import { expect, test } from 'vitest';
import { runChecks } from '../../../src/main/app/curate-project.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { readOutOfFold } from '../../../src/main/train/structured/read-out-of-fold.ts';
import { fold } from '../../../src/main/values/text/fold.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { addExample, newProject } from '../teach/project.ts';

const text = { type: 'string' };
const task = parseTask({
  name: 'desk',
  kind: 'extract',
  schema: {
    type: 'object',
    properties: { customer: text, account: text },
    required: ['customer', 'account'],
  },
});
const customers = ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark'];
const phrases = [
  (name: string) => `${name} asks about the invoice`,
  (name: string) => `a question of ${name} on a parcel`,
  (name: string) => `please help ${name} with an order`,
];
const lookup = {
  ...{ name: 'accounts', field: 'account', by: 'customer' },
  ...{ keyColumn: 'name', valueColumn: 'account' },
};
/** One row whose customer was written down wrong. */
const WRONG = 40;
const rows = Array.from({ length: 90 }, (_, i) => {
  const customer = customers[i % customers.length]!;
  const output = { customer: i === WRONG ? 'asks' : customer, account: `own-${i}` };
  return { text: `${phrases[i % phrases.length]!(customer)} ${100 + i}`, output };
});
const form = compileForm(task);

test('no check says what a table says: a suggestion keeps the account that the row was given', async () => {
  const { store } = newProject(task);
  store.transaction(() => {
    const add = store.lookups.begin({ ...lookup, fileName: 'accounts.csv' });
    for (const customer of customers) add(fold(customer), `canary-${customer}`);
    rows.forEach(({ text: words, output }, i) => {
      const exampleId = addExample(store, `r${i}`, words);
      store.labels.add({ exampleId, author: 'imported', output, isValid: true });
    });
  });
  await runChecks({ store, task }, { checks: ['label-error'], seed: 1 }, unwatched);
  const findings = [...store.findings.each({})];
  const { id } = store.examples.findByExternalId(`r${WRONG}`)!;
  const suggested = { customer: customers[WRONG % customers.length], account: `own-${WRONG}` };
  expect(findings.find(({ exampleId }) => exampleId === id)?.evidence).toMatchObject({ suggested });
  expect(JSON.stringify(findings)).not.toContain('canary');
  store.close();
});

test('control: the table is asked and does answer; the readings hold what was given, or nothing', async () => {
  const told: string[] = [];
  const find = (_: unknown, key: string) => {
    told.push(`canary-${key}`);
    return [told.at(-1)!];
  };
  const read = (given: readonly { text: string; output: Json }[]) =>
    readOutOfFold(
      form,
      given.map(({ text: words, output }, i) => ({
        input: { text: words },
        output,
        group: `${i}`,
      })),
      { lookups: [lookup], find },
      { folds: 3, seed: 1 },
      unwatched,
    );
  const [reading] = await read(rows);
  expect(told).toContain('canary-acme');
  expect(reading).toMatchObject({
    output: { customer: 'Acme', account: 'own-0' },
    fields: [{ name: 'customer' }],
    missing: [],
  });
  const bare = rows.map((row) => ({ ...row, output: { customer: row.output.customer } }));
  const [without] = await read(bare);
  expect(without).toMatchObject({ output: { customer: 'Acme' }, missing: ['account'] });
  expect(JSON.stringify(without)).not.toContain('canary');
});
