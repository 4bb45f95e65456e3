import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGroupCommit } from '../../../src/main/store/group-commit.ts';
import { openStore, type Store } from '../../../src/main/store/store.ts';
import { addExample, newProject } from '../teach/project.ts';

let store: Store;
let reader: Store;
beforeEach(() => {
  const project = newProject();
  store = project.store;
  reader = openStore(project.path, { mode: 'read' });
});
afterEach(() => {
  store.close();
  reader.close();
});

const onDisk = () => reader.examples.list().map((row) => row.externalId);
const add = (id: string) => () => addExample(store, id, `text ${id}`);

test('writes of one turn are one commit, on disk when their promises resolve and not before', async () => {
  let commits = 0;
  const commit = createGroupCommit({
    isWriting: () => store.isWriting(),
    transaction(body) {
      if (!store.isWriting()) commits++;
      return store.transaction(body);
    },
  });
  const seen: string[][] = [];
  const writes = ['a', 'b', 'c'].map(async (id) => {
    const exampleId = await commit(add(id));
    seen.push(onDisk());
    return exampleId;
  });
  expect(onDisk()).toEqual([]);
  expect(await Promise.all(writes)).toEqual([1, 2, 3]);
  expect(seen).toEqual(Array(3).fill(['a', 'b', 'c']));
  expect(commits).toBe(1);
  await commit(add('d'));
  expect(commits).toBe(2);
  expect(onDisk()).toEqual(['a', 'b', 'c', 'd']);
});

test('a write that fails takes back what it did, and no other', async () => {
  const commit = createGroupCommit(store);
  const [first, failed, last] = await Promise.allSettled([
    commit(add('a')),
    commit(() => {
      add('half')();
      throw new Error('no');
    }),
    commit(add('b')),
  ]);
  expect([first!.status, failed!.status, last!.status]).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(onDisk()).toEqual(['a', 'b']);
});

test('when the commit itself fails, every write of it says so', async () => {
  const commit = createGroupCommit({
    isWriting: () => store.isWriting(),
    transaction: (body) =>
      store.isWriting()
        ? store.transaction(body)
        : store.transaction(() => {
            body();
            throw new Error('disk I/O error');
          }),
  });
  const ends = await Promise.allSettled([commit(add('a')), commit(add('b'))]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(onDisk()).toEqual([]);
});
