import { describe, expect, test } from 'vitest';
import { findNearDuplicates } from '../../../src/main/curate/duplicates/find-near-duplicates.ts';
import { unwatched } from '../../../src/main/lib/work.ts';

/** Other texts around a pair, so that its words have a usual frequency. */
const background = [
  'how do I reset the password of my account',
  'my parcel has not arrived at the office yet',
  'where can I download the invoice for march',
  'the heating in the meeting room is broken again',
  'please transfer me to somebody in sales',
  'is the swimming pool open on public holidays',
  'the parcel was delivered to the wrong office',
  'can the account be closed without a password',
  'the invoice for the meeting room is missing',
  'somebody in sales promised me a parcel',
];

async function isFound(a: string, b: string): Promise<boolean> {
  const texts = [...background, a, b];
  const pairs = await findNearDuplicates(texts, {}, unwatched);
  return pairs.some((pair) => pair.a === texts.length - 2 && pair.b === texts.length - 1);
}

describe('near-duplicates', () => {
  test.each([
    ['the parcel was left at the office', 'The parcel was left at the office'],
    ['the parcel was left at the office', '  THE PARCEL WAS LEFT AT THE OFFICE!! '],
    ['I can’t find the invoice', "i can't find the invoice\u200b"],
    ['my parcel has been damaged on the way', 'my parcle has been damaged on the way'],
    ['my parcel has been damaged on the way', 'my parcel hs been damaaged on the way'],
    ['my parcel has been damaged on the way', 'my parcel has damaged been on the way'],
    ['my parcel has been damaged on the way', 'my parcel has been damaged on way'],
    ['where is the invoice', 'hello there, where is the invoice please advise'],
    ['I need help to find the invoice', 'I require help to locate the invoice'],
    ['why did I not get the invoice', 'why I did not get the invoice'],
  ])('%j and %j', async (a, b) => expect(await isFound(a, b)).toBe(true));

  test.each([
    ['a number', 'my parcel 4556 has not arrived', 'my parcel 5586 has not arrived'],
    ['a day', 'is the pool open on Monday at 2', 'is the pool open on Friday at 10'],
    ['a day more', 'is the pool open', 'is the pool open on Monday'],
    ['an amount', 'I was charged $12,000 for the room', 'I was charged $1,200 for the room'],
    ['a currency', 'the invoice must be in euros', 'the invoice must be in dollars'],
    [
      'a negation',
      'the parcel has arrived at the office',
      'the parcel has not arrived at the office',
    ],
    ['a direction', 'a transfer from sales to the office', 'a transfer from the office to sales'],
    ['a thing', 'where can I download the invoice', 'where can I download the contract'],
    ['a detail', 'block my card', 'block my virtual card'],
    ['a person', 'what is my name', 'what is your name'],
  ])('not %s: %j and %j', async (_, a, b) => expect(await isFound(a, b)).toBe(false));

  test('long texts meet through MinHash', async () => {
    const long = Array.from(
      { length: 60 },
      (_, i) => `word${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10)]}`,
    );
    const edited = long.filter((_, i) => i !== 7).join(' ');
    expect(await isFound(long.join(' '), edited)).toBe(true);
    expect(await isFound(long.join(' '), [...long].reverse().join(' '))).toBe(false);
  });

  test('sides: only pairs across them', async () => {
    const texts = ['the pool is open', 'The pool is open.', 'the pool is open!'];
    const pairs = await findNearDuplicates(texts, { sides: Uint8Array.of(0, 0, 1) }, unwatched);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  test('stops when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const work = { signal: controller.signal, report: () => undefined };
    await expect(findNearDuplicates(background, {}, work)).rejects.toThrow(/Cancelled/);
  });
});
