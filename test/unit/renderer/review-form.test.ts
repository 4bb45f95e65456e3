import { describe, expect, test } from 'vitest';
import { findDoubts } from '../../../src/renderer/screens/review/doubts.ts';
import {
  readDraft,
  toDraft,
  withFrame,
  withTexts,
} from '../../../src/renderer/screens/review/form-draft.ts';
import { chosenText, toPieces } from '../../../src/renderer/screens/review/words.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const form = compileForm(
  parseTask({
    name: 'desk',
    kind: 'tools',
    tools: [
      {
        name: 'book',
        parameters: {
          type: 'object',
          properties: {
            city: { type: 'string' },
            seats: { type: 'integer', minimum: 1 },
            on: { type: 'string', format: 'date' },
            at: { type: 'string', format: 'time' },
            room: { enum: ['single', 'double', 3] },
            is_quiet: { type: 'boolean' },
            dishes: { type: 'array', items: { type: 'string' } },
            note: { type: ['string', 'null'] },
          },
          required: ['city'],
        },
      },
      { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
    ],
  }),
);
const slotOf = (name: string) => form.slots.findIndex((slot) => slot.path.join('.') === name);
const book = (args: Record<string, Json>): Json => ({ name: 'book', arguments: args });

describe('an answer in controls', () => {
  test.each([
    [
      'every kind of field',
      book({
        city: 'Paris',
        seats: 2,
        on: '2027-03-31',
        at: '19:00',
        room: 3,
        is_quiet: false,
        dishes: ['soup', 'fish'],
        note: null,
      }),
    ],
    ['only what is required', book({ city: 'Paris' })],
    ['no call', null],
  ])('comes back as it was: %s', (_, output) => {
    expect(readDraft(form, toDraft(form, output), output)).toEqual({
      output,
      problems: new Map(),
    });
  });

  test.each([
    ['seats', 'two', /digits/],
    ['seats', '1.5', /whole/],
    ['seats', '0', /At least 1/],
    ['on', '2027-02-30', /day that there is/],
    ['at', '7pm', /time of day/],
  ])('%s refuses "%s" with the reason', (name, text, reason) => {
    const draft = withTexts(toDraft(form, book({ city: 'Paris' })), slotOf(name), [text]);
    const { output, problems } = readDraft(form, draft, undefined);
    expect(output).toBeUndefined();
    expect([...problems.keys()]).toEqual([slotOf(name)]);
    expect(problems.get(slotOf(name))).toMatch(reason);
  });

  test('a required field cannot stay empty, another is left out', () => {
    const draft = withTexts(toDraft(form, book({ city: 'Paris', seats: 2 })), slotOf('seats'), [
      '',
    ]);
    expect(readDraft(form, draft, undefined).output).toEqual(book({ city: 'Paris' }));
    const bare = withTexts(draft, slotOf('city'), [' ']);
    expect([...readDraft(form, bare, undefined).problems.keys()]).toEqual([slotOf('city')]);
  });

  test('what functions share is kept when the function changes', () => {
    const draft = withFrame(toDraft(form, book({ city: 'Paris', seats: 2 })), 1);
    const read = readDraft(form, draft, undefined);
    // A required city and one that is not are the same slot.
    expect(read.output).toEqual({ name: 'weather', arguments: { city: 'Paris' } });
  });
});

describe('fields in doubt', () => {
  const located = (name: string, value: Json, isThere: boolean) => ({
    name: form.slots[slotOf(name)]!.name,
    value,
    isThere,
  });

  test('missing, not in the text, suggested otherwise; an inferred choice is none', () => {
    const label = book({ seats: 2, room: 'single', dishes: ['soup'] });
    const suggestion = {
      output: book({ seats: 3, room: 'single', dishes: ['soup'] }),
      probability: 0.9,
    };
    const doubts = findDoubts(form, { label, suggestion }, [
      located('seats', 2, true),
      located('room', 'single', false),
      located('dishes', 'soup', false),
    ]);
    expect(doubts).toEqual(
      new Map([
        [slotOf('city'), 'missing, and required'],
        [slotOf('dishes'), 'not in the text'],
        [slotOf('seats'), 'suggested otherwise'],
      ]),
    );
  });

  test('what a student was unsure of is told where nothing worse is known', () => {
    const doubtful = ['city', 'seats', 'of no form'].map((field) => ({ field, confidence: 0.34 }));
    const named = doubtful.map((one) =>
      one.field === 'of no form' ? one : { ...one, field: form.slots[slotOf(one.field)]!.name },
    );
    const label = book({ city: 'Paris', seats: 2 });
    const doubts = findDoubts(form, { label, doubtful: named }, [located('city', 'Paris', false)]);
    expect(doubts).toEqual(
      new Map([
        [slotOf('city'), 'not in the text'],
        [slotOf('seats'), 'a student is only 34 % sure'],
      ]),
    );
  });

  test('nothing is in doubt without a reason', () => {
    const label = book({ city: 'Paris' });
    expect(findDoubts(form, { label }, [located('city', 'Paris', true)]).size).toBe(0);
    expect(findDoubts(form, {}, []).size).toBe(0);
  });
});

test('words of any script, put together, are the text; chosen ones keep what is between', () => {
  const text = 'Café “Zum Bären”, 2 Plätze – 東京へ 🍜!';
  const pieces = toPieces(text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  const numberOf = (word: string) => pieces.find((piece) => piece.text === word)!.word!;
  const choice = { anchor: numberOf('Bären'), head: numberOf('Zum') };
  expect(chosenText(text, pieces, choice)).toBe('Zum Bären');
});
