import { expect, test } from 'vitest';
import { findLeaks } from '../../../src/main/curate/duplicates/find-leaks.ts';
import { unwatched } from '../../../src/main/lib/work.ts';

const guarded = 'where can I download the invoice for the meeting room';
const FLAG = 0.5;

async function similarity(train: string): Promise<number> {
  const leaks = await findLeaks([train, guarded], Uint8Array.of(0, 1), unwatched);
  return leaks[0]?.similarity ?? 0;
}

test.each([
  ['the same', guarded],
  ['case and space', `  ${guarded.toUpperCase()}!! `],
  ['a slip', 'where can I dwonload the invoice for the meeting room'],
  ['a lost space', 'where canI download the invoice for the meeting room'],
  ['a word lost', 'where can I download the invoice for meeting room'],
  ['padding', 'where can I download the invoice for the meeting room please'],
  ['neighbours exchanged', 'where can I download invoice the for the meeting room'],
  ['a synonym', 'where could I download the invoice for the meeting room'],
])('flags a copy with %s', async (_, train) =>
  expect(await similarity(train)).toBeGreaterThan(FLAG),
);

test.each([
  ['another thing', 'where can I download the contract for the meeting room'],
  ['another number', 'where can I download the invoice 7 for the meeting room'],
  ['nothing in common', 'the swimming pool is open on public holidays'],
])('leaves %s alone', async (_, train) =>
  expect(await similarity(train)).toBeLessThanOrEqual(FLAG),
);

test('a copied passage counts by how much of the held-out text it covers', async () => {
  const passage = Array.from({ length: 20 }, (_, i) => `w${String.fromCharCode(97 + i)}`).join(' ');
  const texts = [`before ${passage} and after it more words of my own`, passage];
  const leaks = await findLeaks(texts, Uint8Array.of(0, 1), unwatched);
  expect(leaks[0]?.similarity).toBeGreaterThan(FLAG);
  expect(leaks[0]?.edits[0]).toMatch(/^passage/);
});

test.each([
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
])(
  'finds a rewording behind an equal copy of what is held out, in the order %i %i %i',
  async (...order) => {
    const rows = [
      { text: 'I need to change my name since I got married', side: 1 },
      { text: 'i need to change my name SINCE i got married', side: 0 },
      { text: 'Since I just got married I need to change my name.', side: 0 },
    ];
    const shuffled = order.map((index) => rows[index]!);
    const leaks = await findLeaks(
      shuffled.map(({ text }) => text),
      Uint8Array.from(shuffled, ({ side }) => side),
      unwatched,
    );
    const found = leaks.map(({ train }) => shuffled[train]!.text);
    expect(new Set(found)).toEqual(new Set([rows[1]!.text, rows[2]!.text]));
  },
);
