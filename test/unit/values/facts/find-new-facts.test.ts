import { describe, expect, test } from 'vitest';
import { findNewFacts } from '../../../../src/main/values/facts/find-new-facts.ts';
import {
  createKnownFacts,
  findConstantFacts,
} from '../../../../src/main/values/facts/known-facts.ts';

/** 2019-03-01 is a Friday. */
const referenceDate = '2019-03-01';
const surfaces = (facts: readonly { readonly surface: string }[]) =>
  facts.map(({ surface }) => surface);

describe('a fact that the text states in another way is not new', () => {
  test.each<[string, string]>([
    ['see you on the 5th of May', 'We meet on 2019-05-05.'],
    ['see you tomorrow', 'We meet on 2 March 2019.'],
    ['see you next Friday', 'We meet on the 8th of March.'],
    ['at half past six', 'We call at 18:30.'],
    ['at 18:30', 'We call at 6:30.'],
    ['send $1,200.50 now', 'You sent 1200.50 dollars.'],
    ['it took 24 hours', 'We are sorry for the delay of a whole day; 1 day is too long.'],
    ['two hundred and five boxes', 'All 205 boxes are on the way.'],
    ['order T-02532', 'About order #02532:'],
    ['order t 02532', 'About order T-02532:'],
    ['my card 4111 1111 1111 1111', 'The card ending in 1111 is blocked.'],
    ['ANA@Example.com', 'We write to ana@example.com.'],
    ['see http://www.example.com/help/', 'We have read https://example.com/help'],
    ['I paid 1.234,56 €', 'Your 1,234.56 euros are back.'],
    ['any news?', 'Today is the 1st of March 2019.'],
  ])('%s → %s', (text, output) => {
    expect(surfaces(findNewFacts({ text, referenceDate }, output).invented)).toEqual([]);
  });
});

describe('a fact that the text does not state is new', () => {
  test.each<[string, string, string]>([
    ['see you on the 5th of May', 'We meet on 2019-05-06.', '2019-05-06'],
    ['see you on 5 May 2025', 'We meet on 5 May 2026.', '5 May 2026'],
    ['see you tomorrow', 'We meet on 3 March 2019.', '3 March 2019'],
    ['at half past six', 'We call at 6:45.', '6:45'],
    ['send $50', 'You sent €50.', '€50'],
    ['two boxes', 'All 3 boxes are on the way.', '3'],
    ['order T-02532', 'About order T-02533:', 'T-02533'],
    ['ana@example.com', 'We write to ann@example.com.', 'ann@example.com'],
    ['see example.com', 'See example.com/refunds', 'example.com/refunds'],
    ['where is it?', 'It comes within 5 days.', '5 days'],
  ])('%s → %s', (text, output, expected) => {
    // The site of a page that was named is not new; a page of the site is.
    expect(surfaces(findNewFacts({ text, referenceDate }, output).invented)).toEqual([expected]);
  });
});

test('without a day to count from, "tomorrow" is no date but stays "tomorrow"', () => {
  const input = { text: 'see you tomorrow, in two weeks' };
  expect(findNewFacts(input, 'Until tomorrow, or in 2 weeks.').invented).toEqual([]);
  expect(surfaces(findNewFacts(input, 'Until 2 March 2019.').invented)).toEqual(['2 March 2019']);
});

test('the turn before counts as a source, and only facts of the text can be dropped', () => {
  const input = { text: 'yes, 3 of them', context: 'Shall we send order 84721?' };
  const { invented, dropped } = findNewFacts(input, 'Order 84721 is on its way.');
  expect(invented).toEqual([]);
  expect(surfaces(dropped)).toEqual(['3']);
});

test('what many outputs state of themselves is the house’s; what few do is not', () => {
  const outputs = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0 ? 'Call 0800 123 456.' : `We pay ${500 + i} dollars.`,
  );
  const found = outputs.map((output) => findNewFacts({ text: 'help' }, output));
  const constant = findConstantFacts(found.map(({ invented }) => invented));
  expect(constant).toEqual(['code 0800123456']);
  const known = createKnownFacts({ constant, text: 'A refund takes 5 days.' });
  const output = 'Call 0800-123-456, wait five days, then 20 hours.';
  expect(surfaces(findNewFacts({ text: 'help' }, output, known).invented)).toEqual(['20 hours']);
});
