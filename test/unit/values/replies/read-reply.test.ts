import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReplyReader } from '../../../../src/main/values/replies/read-reply.ts';
import { type ReplyTemplate, renderReply } from '../../../../src/shared/domain/reply.ts';

const refund: ReplyTemplate = {
  name: 'refund',
  parts: [
    ...['Hi ', { slot: 'name' }, ', thanks for writing. We have sent your refund of £'],
    ...[{ slot: 'amount' }, ' to your card; it should arrive by ', { slot: 'date' }],
    '. Kind regards, the card team of the Bank of Somewhere.',
  ],
};
const lost: ReplyTemplate = {
  name: 'lost',
  parts: ['We have blocked your card and a new one is on its way to you by post.'],
};
const read = createReplyReader([refund, lost]);
const say = (values: Record<string, string>) => renderReply(refund, values);
const usual = { name: 'Anna Smith', amount: '20.50', date: '12 March 2026' };

describe('a reply is read by its type', () => {
  test('with its values, in place', () => {
    const reply = say(usual);
    const found = read(reply)!;
    expect(found).toMatchObject({ type: 0, edits: 0 });
    expect(Object.fromEntries(found.values.map(({ slot, value }) => [slot, value]))).toEqual(usual);
    for (const { start, end, value } of found.values) expect(reply.slice(start, end)).toBe(value);
  });

  test.each([
    ['Thanks', (reply: string) => reply.replace('thanks for', 'thank you for')],
    ['contractions', (reply: string) => reply.replace('We have', "We've")],
    ['case', (reply: string) => reply.toUpperCase()],
    [
      'punctuation',
      (reply: string) => reply.replace(' Kind', ' - kind').replace('writing.', 'writing!'),
    ],
    ['a word less', (reply: string) => reply.replace('Kind regards', 'Regards')],
  ])('worded a little differently: %s', (_, change) => {
    const found = read(change(say({ ...usual, name: 'Anna' })))!;
    expect(found.type).toBe(0);
    expect(found.values.find(({ slot }) => slot === 'amount')!.value).toBe('20.50');
  });

  test('and any values are given back', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => one !== 'to' && one !== 'by');
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 99_999 }), word, (name, amount, date) => {
        const values = { name, amount: String(amount), date };
        const found = read(say(values))!;
        expect(found.edits).toBe(0);
        for (const { slot, value } of found.values)
          expect(value).toBe(values[slot as keyof typeof values]);
      }),
    );
  });
});

test.each([
  ['a negation', 'We have not blocked your card and a new one is on its way to you by post.'],
  ['an opposite', 'We have unblocked your card and a new one is on its way to you by post.'],
  ['a number', 'We have blocked your card and a new one is on its way to you by post in 3 days.'],
  ['a name', 'We have blocked your card, Peter, and a new one is on its way to you by post.'],
  ['too many words', 'Blocked is the card that you had, and something new comes by post one day.'],
])('%s makes it another reply', (_, reply) => {
  expect(read(reply)).toBeUndefined();
});

test('a value that is said twice is the same', () => {
  const twice = createReplyReader([
    { name: 'twice', parts: ['Hello ', { slot: 'name' }, ', goodbye ', { slot: 'name' }, '.'] },
  ]);
  expect(twice('Hello Ann, goodbye Ann.')).toBeDefined();
  expect(twice('Hello Ann, goodbye Bob.')).toBeUndefined();
});

test('of two types that fit the nearer one is taken', () => {
  const near: ReplyTemplate = {
    name: 'near',
    parts: [`${lost.parts[0]}`.replace('post', 'courier')],
  };
  const both = createReplyReader([near, lost]);
  expect(both(String(lost.parts[0]))!.type).toBe(1);
  expect(both(String(near.parts[0]))!.type).toBe(0);
});
