import { expect, test } from 'vitest';
import { unwatched } from '../../../../src/main/lib/work.ts';
import { crf } from '../../../../src/main/train/structured/crf/crf.ts';
import type {
  FormPlan,
  StructuredRow,
} from '../../../../src/main/train/structured/structured-student.ts';

/** Two thousand models to choose from, of which training names a few. */
const models = Array.from({ length: 2000 }, (_, i) => `XR ${i + 100}`);
const plan: FormPlan = {
  form: {
    slots: [
      {
        path: ['model'],
        name: 'model',
        type: 'enum',
        isList: false,
        isNullable: false,
        choices: models,
        description: '',
      },
    ],
    frames: [{ name: '', description: '', slots: [0], required: [], objects: [] }],
    hasNone: false,
  },
  slots: [{ mode: 'choice', choices: models }],
};
const openings = ['my', 'the new', 'our old', 'this'];
const endings = ['is broken', 'does not start', 'makes a noise today', 'lost its cover'];

function toRow(i: number, chosen: number | undefined): StructuredRow {
  const device = chosen === undefined ? 'device' : models[chosen]!;
  const text = `${openings[i % 4]} ${device} ${endings[(i >> 2) % 4]}`;
  const choices = [{ slot: 0, chosen: chosen === undefined ? [] : [chosen] }];
  return { input: { text }, frame: 0, spans: [], isTagged: true, choices, weight: 1 };
}

test('a choice that training never made is read where a text names it', async () => {
  const rows = Array.from({ length: 160 }, (_, i) =>
    toRow(i, i % 3 === 0 ? undefined : (i * 7) % 200),
  );
  const student = await crf.train({ plan, rows }, { seed: 1, threads: 1 }, unwatched);
  const asked = Array.from({ length: 40 }, (_, i) => toRow(i, i % 4 === 0 ? undefined : 900 + i));
  const parses = await student.parse(
    asked.map(({ input }) => input),
    unwatched,
  );
  const right = parses.filter(
    ({ choices }, i) => String(choices[0]!.chosen) === String(asked[i]!.choices[0]!.chosen),
  );
  expect(right.length).toBeGreaterThan(36);
});
