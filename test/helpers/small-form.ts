import { createRng } from '../../src/main/lib/rng.ts';
import type {
  FormPlan,
  StructuredRow,
  StructuredSet,
} from '../../src/main/train/structured/structured-student.ts';
import type { Slot } from '../../src/shared/domain/form/form.ts';

const slot = (name: string, more: Partial<Slot> = {}): Slot => ({
  path: [name],
  name,
  type: 'string',
  isList: false,
  isNullable: false,
  choices: [],
  description: '',
  ...more,
});

/** Two functions and "no call": spans that both or one of them have, one of some values, any of some values. */
export const smallPlan: FormPlan = {
  form: {
    slots: [
      slot('who'),
      slot('where'),
      slot('speed', { type: 'enum', choices: ['slow', 'fast'] }),
      slot('extras', { type: 'enum', isList: true, choices: ['sugar', 'milk'] }),
    ],
    frames: [
      { name: 'fetch', description: '', slots: [0, 1, 2], required: [0] },
      { name: 'brew', description: '', slots: [0, 3], required: [] },
    ],
    hasNone: true,
  },
  slots: [
    { mode: 'span' },
    { mode: 'span' },
    { mode: 'choice', choices: ['slow', 'fast'] },
    { mode: 'choices', choices: ['sugar', 'milk'] },
  ],
};

const people = ['Ann', 'Mary Jane', 'Dr. Müller', 'Zoë', 'the old captain'];
const places = ['the station', 'Oslo', 'New York', 'gate 5'];
const speeds = [
  ['', []],
  [' without any hurry', [0]],
  [' at once', [1]],
] as const;
const chat = ['how are you', 'thanks a lot', 'that is all', 'nice weather, Ann', 'see you in Oslo'];

/** Made-up orders with names, places, hurry and extras; the same for the same seed. */
export function smallStructuredSet(count: number, seed = 1): StructuredSet {
  const rng = createRng(seed);
  const pick = <T>(items: readonly T[]) => items[rng.integer(items.length)]!;

  function toRow(frame: number): StructuredRow {
    let text = '';
    const spans: { slot: number; start: number; end: number }[] = [];
    const say = (words: string) => {
      text += words;
    };
    const name = (slotIndex: number, value: string) => {
      spans.push({ slot: slotIndex, start: text.length, end: text.length + value.length });
      say(value);
    };
    const plain = { isTagged: true, weight: 1, frame };
    if (frame === 2) return { ...plain, input: { text: pick(chat) }, spans: [], choices: [] };
    if (frame === 0) {
      say(pick(['please bring ', 'get ', 'could you pick up ']));
      name(0, pick(people));
      say(' from ');
      name(1, pick(places));
      const [words, chosen] = pick(speeds);
      say(words);
      return { ...plain, input: { text }, spans, choices: [{ slot: 2, chosen }] };
    }
    say('coffee for ');
    name(0, pick(people));
    const chosen = [0, 1].filter(() => rng.next() < 0.5);
    if (chosen.length > 0)
      say(` with ${chosen.map((choice) => ['sugar', 'milk'][choice]!).join(' and ')}`);
    return { ...plain, input: { text }, spans, choices: [{ slot: 3, chosen }] };
  }

  return { plan: smallPlan, rows: Array.from({ length: count }, (_, i) => toRow(i % 3)) };
}
