import { createRng } from '../../src/main/lib/rng.ts';
import type {
  FormPlan,
  StructuredRow,
  StructuredSet,
} from '../../src/main/train/structured/structured-student.ts';
import type { Slot, SlotType } from '../../src/shared/domain/form/form.ts';

const days = ['monday', 'tuesday', 'friday', 'next week'];
const colours = ['red', 'green', 'dark blue'];
const extras = ['gift_wrap', 'insurance', 'express'];

function slot(name: string, type: SlotType, choices: readonly string[] = [], isList = false): Slot {
  return { path: [name], name, type, isList, isNullable: false, choices, description: '' };
}

/** Two functions and "no call": values in the text, one shared by both; a colour that may be absent; any extras. */
export const smallPlan: FormPlan = {
  form: {
    slots: [
      slot('item', 'string'),
      slot('city', 'string'),
      slot('day', 'string'),
      slot('colour', 'enum', colours),
      slot('extras', 'enum', extras, true),
      slot('note', 'string'),
    ],
    frames: [
      { name: 'order', description: '', slots: [0, 2, 3, 4], required: [0], objects: [] },
      { name: 'visit', description: '', slots: [1, 2, 5], required: [1], objects: [] },
    ],
    hasNone: true,
  },
  slots: [
    { mode: 'span' },
    { mode: 'span' },
    { mode: 'span' },
    { mode: 'choice', choices: colours },
    { mode: 'choices', choices: extras },
    { mode: 'unlearnable' },
  ],
};

const items = ['lamp', 'kitchen table', 'big “Café” chair', 'box 12', 'Hängematte'];
const cities = ['Oslo', 'New York', 'São Paulo', '東京', 'Paris'];
const idle = ['how are you', 'tell me a joke', 'thanks a lot!', 'good morning 👍🏽', ''];

/** Made-up requests, the same for the same seed. */
export function smallFormSet(rows: number, seed = 1): StructuredSet {
  const rng = createRng(seed);
  const pick = <T>(list: readonly T[]): T => list[rng.integer(list.length)]!;
  return {
    plan: smallPlan,
    rows: Array.from({ length: rows }, (_, i) => makeRow(i % 3, pick, rng)),
  };
}

function makeRow(
  frame: number,
  pick: <T>(list: readonly T[]) => T,
  rng: ReturnType<typeof createRng>,
): StructuredRow {
  const day = rng.next() < 0.5 ? pick(days) : undefined;
  const colour = rng.next() < 0.6 ? rng.integer(colours.length) : undefined;
  const chosen = [...extras.keys()].filter(() => rng.next() < 0.3);
  const parts: (string | readonly [slot: number, text: string])[] =
    frame === 0
      ? [
          pick(['please order a', 'I need a', 'buy me one']),
          ...(colour === undefined ? [] : [colours[colour]!]),
          [0, pick(items)],
          ...chosen.map((extra) => `with ${extras[extra]!.replace('_', ' ')}`),
          ...(day ? ['by', [2, day] as const] : []),
        ]
      : frame === 1
        ? [
            pick(['I travel to', 'going to', 'see']),
            [1, pick(cities)],
            ...(day ? ['on', [2, day] as const] : []),
          ]
        : [pick(idle)];
  let text = '';
  const spans = parts.flatMap((part) => {
    if (text !== '') text += ' ';
    const start = text.length;
    text += typeof part === 'string' ? part : part[1];
    return typeof part === 'string' ? [] : [{ slot: part[0], start, end: text.length }];
  });
  return {
    input: { text },
    frame,
    spans,
    isTagged: true,
    choices:
      frame === 0
        ? [
            { slot: 3, chosen: colour === undefined ? [] : [colour] },
            { slot: 4, chosen },
          ]
        : [],
    weight: 1,
  };
}
