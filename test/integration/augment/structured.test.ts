import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { addExample, newProject, setConsent } from '../teach/project.ts';
import { type Received, type Reply, startTeacher } from '../teach/teacher-server.ts';
import { askOptions, children, run } from './desk.ts';

let answer: (received: Received) => Reply;
let teacher: Awaited<ReturnType<typeof startTeacher>>;
beforeEach(async () => {
  teacher = await startTeacher((received) => answer(received));
});
afterEach(() => teacher.close());

test('paraphrases of structured rows keep the values, and the teacher itself looks again', async () => {
  const task = parseTask({
    name: 'orders',
    kind: 'extract',
    schema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
  });
  const { store } = newProject(task);
  const id = addExample(store, 'a', 'Please send three lanterns to my house in Turin.');
  store.transaction(() =>
    store.labels.add({
      exampleId: id,
      author: 'human',
      output: { item: 'lanterns' },
      isValid: true,
    }),
  );
  setConsent(store, 'all', 'permitted', { purposes: ['augment'] });
  const kept = 'My home at Turin still waits for the lanterns, all three of them';
  const lost = 'My home at Turin still waits for the lamps that were ordered';
  answer = ({ body, text }) =>
    body.includes('You write training examples')
      ? { content: JSON.stringify({ texts: [lost, kept] }) }
      : { content: JSON.stringify({ item: /lanterns|lamps/.exec(text)![0] }) };
  const orders = { store, task, path: store.path, filesFolder: '', close: store.close };
  const result = await run(orders, 'paraphrase', {
    count: 1,
    maxShare: 0.6,
    teacher: askOptions(teacher.baseUrl),
  });
  expect(result).toMatchObject({ accepted: 1, refused: { invalid: 1 }, sent: 2 });
  expect(children(orders)[0]).toMatchObject({
    text: kept,
    label: { output: { item: 'lanterns' } },
  });
  store.close();
});

test.each([true, false])(
  'of an output no field that a table fills is told; control: without a table it is (table: %s)',
  async (hasTable) => {
    const text = { type: 'string' };
    const schema = {
      type: 'object',
      properties: { item: text, code: text },
      required: ['item', 'code'],
    };
    const task = parseTask({ name: 'orders', kind: 'extract', schema });
    const { store } = newProject(task);
    const columns = { keyColumn: 'k', valueColumn: 'v', fileName: 't.csv' };
    if (hasTable)
      store.lookups.begin({ name: 'codes', field: 'code', by: 'item', ...columns })(
        'lanterns',
        'x',
      );
    const exampleId = addExample(store, 'a', 'Please send three lanterns to my house in Turin.');
    const output = { item: 'lanterns', code: 'canary-fact' };
    store.transaction(() =>
      store.labels.add({ exampleId, author: 'human', output, isValid: true }),
    );
    setConsent(store, 'all', 'permitted', { purposes: ['augment'] });
    // Nobody outside knows the code, so the second look makes one up.
    answer = ({ body }) =>
      body.includes('You write training examples')
        ? {
            content: JSON.stringify({ texts: ['My home at Turin still waits for three lanterns'] }),
          }
        : { content: JSON.stringify({ item: 'lanterns', code: 'unknown' }) };
    const orders = { store, task, path: store.path, filesFolder: '', close: store.close };
    const asking = { count: 1, maxShare: 0.6, teacher: askOptions(teacher.baseUrl) };
    const { accepted } = await run(orders, 'paraphrase', asking);
    expect(teacher.allBytes()).toContain('\\"item\\":\\"lanterns\\"');
    expect(teacher.allBytes().includes('canary')).toBe(!hasTable);
    expect(accepted).toBe(hasTable ? 1 : 0);
    if (hasTable) expect(children(orders)[0]!.label!.output).toEqual(output);
    store.close();
  },
);

test.each([true, false])(
  'of a redacted row the output is told without personal data; control: of a permitted one with it (redacted: %s)',
  async (isRedacted) => {
    const text = { type: 'string' };
    const task = parseTask({
      name: 'calls',
      kind: 'extract',
      schema: { type: 'object', properties: { caller: text, wish: text }, required: ['caller'] },
    });
    const { store } = newProject(task);
    const exampleId = addExample(store, 'a', 'Call me at 5550100123 about the garden lanterns.');
    const output = { caller: '5550100123', wish: 'lanterns' };
    store.transaction(() =>
      store.labels.add({ exampleId, author: 'human', output, isValid: true }),
    );
    setConsent(store, 'all', isRedacted ? 'redacted' : 'permitted', { purposes: ['augment'] });
    const number = isRedacted ? '[PHONE_1]' : '5550100123';
    answer = ({ body }) =>
      body.includes('You write training examples')
        ? { content: JSON.stringify({ texts: [`The lanterns: I wait, ring ${number} today`] }) }
        : { content: JSON.stringify({ caller: number, wish: 'lanterns' }) };
    const calls = { store, task, path: store.path, filesFolder: '', close: store.close };
    const teacherOptions = askOptions(teacher.baseUrl);
    const result = await run(calls, 'paraphrase', {
      count: 1,
      maxShare: 0.6,
      teacher: teacherOptions,
    });
    expect(result).toMatchObject({ accepted: 1, sent: 2 });
    expect(teacher.allBytes().includes('5550100123')).toBe(!isRedacted);
    expect(teacher.allBytes()).toContain('\\"wish\\":\\"lanterns\\"');
    expect(children(calls)[0]).toMatchObject({
      text: 'The lanterns: I wait, ring 5550100123 today',
      label: { output },
    });
    store.close();
  },
);
