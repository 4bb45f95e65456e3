import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rng } from '../../src/main/lib/rng.ts';
import { intents, NO_ANSWER } from './intents.ts';

/** One message of a source data set. */
export interface Message {
  readonly origin: string;
  readonly text: string;
  readonly label: string;
  /** What the simulated teacher of the data folder said; absent where it was not asked. */
  readonly recorded?: {
    readonly raw: string;
    readonly label: string;
    readonly malformed: string | null;
  };
}

const MAX_TRAIN_PER_INTENT = 126;
const TRAIN_NO_ANSWER = 300;
const REVIEWED_NO_ANSWER = 180;

/** Chooses the messages: train from the training files, reviewed from the test files, no text twice. */
export function readPool(data: string, rng: Rng): { train: Message[]; reviewed: Message[] } {
  const teacher = readTeacher(data);
  const seen = new Set<string>();
  const takeNew = (message: Message) => {
    const key = message.text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
    return seen.has(key) ? false : seen.add(key).size > 0;
  };

  const banking = (file: string): Message[] =>
    readJsonl<{ id: string; text: string; label: string }>(join(data, 'banking77', file)).map(
      ({ id, text, label }) => {
        const recorded = teacher.get(id);
        return {
          origin: `banking77:${id}`,
          text: text.trim(),
          label,
          ...(recorded ? { recorded } : {}),
        };
      },
    );
  const outOfScope = (file: string): Message[] =>
    readJsonl<{ id: string; text: string }>(join(data, 'clinc150', file)).map(({ id, text }) => ({
      origin: `clinc150:${id}`,
      text: text.trim(),
      label: NO_ANSWER,
    }));
  const ofIntent = (messages: Message[], intent: string) =>
    messages.filter((message) => message.label === intent);

  const testRows = banking('test.jsonl');
  const trainRows = banking('train.jsonl');
  const testOutOfScope = rng.shuffle(outOfScope('oos_test.jsonl')).filter(takeNew);
  const reviewed = [
    ...intents.flatMap((intent) => ofIntent(testRows, intent).filter(takeNew)),
    ...testOutOfScope.slice(0, REVIEWED_NO_ANSWER),
  ];
  const train = [
    ...intents.flatMap((intent) =>
      rng.shuffle(ofIntent(trainRows, intent)).filter(takeNew).slice(0, MAX_TRAIN_PER_INTENT),
    ),
    ...[
      ...outOfScope('oos_train.jsonl').filter(takeNew),
      ...outOfScope('oos_val.jsonl').filter(takeNew),
      ...testOutOfScope.slice(REVIEWED_NO_ANSWER),
    ].slice(0, TRAIN_NO_ANSWER),
  ];
  return { train: rng.shuffle(train), reviewed: rng.shuffle(reviewed) };
}

function readTeacher(data: string): Map<string, NonNullable<Message['recorded']>> {
  const folder = join(data, 'teacher_banking77');
  const truth = new Map(
    readJsonl<{ id: string; teacher: string; malformed: string | null }>(
      join(folder, 'truth.jsonl'),
    ).map((row) => [row.id, row]),
  );
  const gold = new Map(
    readJsonl<{ id: string; label: string }>(join(data, 'banking77', 'train.jsonl')).map((row) => [
      row.id,
      row.label,
    ]),
  );
  return new Map(
    readJsonl<{ id: string; raw: string }>(join(folder, 'teacher.jsonl')).map(({ id, raw }) => {
      const row = truth.get(id);
      return [id, { raw, label: row?.teacher ?? gold.get(id)!, malformed: row?.malformed ?? null }];
    }),
  );
}

function readJsonl<Row>(path: string): Row[] {
  return (
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      // The data folder is ours and its columns are documented in its README.
      .map((line) => JSON.parse(line) as Row)
  );
}
