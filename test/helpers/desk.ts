import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNeighbours } from '../../src/main/evaluate/baselines/neighbours.ts';
import { createRng } from '../../src/main/lib/rng.ts';
import { openStore, type Store } from '../../src/main/store/store.ts';
import type { Consent, Split } from '../../src/shared/domain/example.ts';
import { equals, not } from '../../src/shared/domain/filter.ts';
import type { Predictor } from '../../src/shared/domain/prediction.ts';
import { parseTask, type Task } from '../../src/shared/domain/task.ts';

export interface Desk {
  readonly store: Store;
  readonly task: Task;
  /** An answerer made from the training rows: the nearest neighbour, its vote share the confidence. */
  readonly predictor: Predictor;
  readonly folder: string;
  readonly studentId: string;
}

const words: Readonly<Record<string, readonly string[]>> = {
  refund: ['refund', 'money', 'back', 'return', 'charged', 'twice'],
  card: ['card', 'lost', 'stolen', 'pin', 'blocked', 'arrive'],
  loan: ['loan', 'rate', 'borrow', 'mortgage', 'interest', 'repay'],
  none: ['weather', 'pizza', 'song', 'football', 'joke', 'movie'],
};
const filler = ['please', 'my', 'the', 'about', 'today', 'help', 'why', 'can', 'you', 'is'];

/** A small project of a support desk, labelled by people in holdout and calibration, with a student row. */
export function createDesk(
  rows: { readonly train: number; readonly calibration: number; readonly holdout: number },
  { gold = 'human' }: { gold?: 'human' | 'imported' | 'teacher' } = {},
): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-desk-'));
  const store = openStore(join(folder, 'desk.stillroom'), { mode: 'create' });
  const task = parseTask({
    name: 'desk',
    kind: 'classify',
    instructions: 'Name the topic.',
    labels: ['refund', 'card', 'loan'],
    noAnswerLabel: 'none',
    highStakes: ['loan'],
  });
  const labels = Object.keys(words);
  const rng = createRng(12);
  const texts: string[] = [];
  const keys: string[] = [];
  store.transaction(() => {
    store.project.create(task);
    let number = 0;
    for (const split of ['train', 'calibration', 'holdout'] as const)
      for (let i = 0; i < rows[split]; i++) {
        const label = labels[number % labels.length]!;
        const text = makeText(label, number);
        addRow({ text, label, split, number });
        if (split === 'train') {
          texts.push(text);
          keys.push(JSON.stringify(label));
        }
        number++;
      }
    const grantId = store.grants.create({
      purposes: ['label'],
      destination: '*',
      basis: 'test',
      filter: 'not consent = private',
      expiresAtMs: null,
    });
    const covered = store.examples.ids(not(equals('consent', 'private')));
    for (const id of covered) store.grants.link(grantId, id);
    store.students.add({
      id: 'student-1',
      kind: 'linear',
      folder: 'students/student-1',
      dataFingerprint: 'x',
      metrics: {},
      config: {},
    });
  });

  /** Three topic words, one of them of another topic now and then, so that no answerer is perfect. */
  function makeText(label: string, number: number): string {
    const pick = (list: readonly string[]) => list[rng.integer(list.length)]!;
    const stray = rng.next() < 0.25 ? words[labels[rng.integer(labels.length)]!]! : words[label]!;
    return [
      pick(filler),
      pick(words[label]!),
      pick(stray),
      pick(filler),
      pick(stray),
      `#${number}`,
    ].join(' ');
  }

  function addRow(row: { text: string; label: string; split: Split; number: number }): void {
    const consents: readonly Consent[] = ['permitted', 'permitted', 'private', 'redacted'];
    const id = store.examples.insert({
      externalId: `row-${row.number}`,
      text: row.text,
      origin: row.number % 10 === 0 ? 'synthetic' : 'real',
      consent: consents[row.number % consents.length]!,
      split: row.split,
      status: 'new',
      contentHash: `hash-${row.number}`,
    });
    const isHeldOut = row.split !== 'train';
    store.labels.add({
      exampleId: id,
      author: isHeldOut ? gold : 'teacher',
      output: row.label,
      isValid: true,
    });
    // The teacher has also answered every other held-out row, and is wrong now and then.
    if (isHeldOut && gold !== 'teacher' && row.number % 2 === 0)
      store.labels.add({
        exampleId: id,
        author: 'teacher',
        output: row.number % 20 === 0 ? 'card' : row.label,
        isValid: true,
      });
  }

  const neighbours = createNeighbours(texts, keys);
  const predictor: Predictor = {
    classes: labels,
    async predict(inputs) {
      return inputs.map(({ text }) => {
        const { key, confidence } = neighbours.predict(text);
        return { output: JSON.parse(key) as string, confidence };
      });
    },
    close: async () => undefined,
  };
  return { store, task, predictor, folder, studentId: 'student-1' };
}
