import { expect, test } from 'vitest';
import { createReplyJudge } from '../../../../src/main/values/replies/judge-replies.ts';
import { NO_REPLY } from '../../../../src/shared/domain/reply.ts';

const { isRight, isSayable } = createReplyJudge([
  {
    name: 'refund',
    parts: [
      'We have sent your refund of ',
      { slot: 'amount' },
      ' to your card and it should be with you very soon.',
    ],
  },
]);
const source = { text: 'Where are my 20 pounds?' };
const say = (amount: string) =>
  `We have sent your refund of ${amount} to your card and it should be with you very soon.`;
const reworded = say('£20').replace('very soon', 'soon');

test('the same type with the same values is right, however it is worded', () => {
  expect(isRight(source, say('£20'), reworded)).toBe(true);
  expect(isRight(source, reworded, say('£20'))).toBe(true);
});

test('another value, no reply, and another type are wrong', () => {
  const other = { text: 'Where are my 20 or 30 pounds?' };
  expect(isRight(other, say('£30'), say('£20'))).toBe(false);
  expect(isRight(source, NO_REPLY, say('£20'))).toBe(false);
  expect(isRight(source, 'Please call us.', say('£20'))).toBe(false);
});

test('what no type says, or with a value that the text does not give, is rightly left to a person', () => {
  for (const reference of ['Please call us.', say('£45')]) {
    expect(isSayable(source, reference)).toBe(false);
    expect(isRight(source, NO_REPLY, reference)).toBe(true);
    expect(isRight(source, say('£20'), reference)).toBe(false);
    // In the very words of the reference nothing can be wrong.
    expect(isRight(source, reference, reference)).toBe(true);
  }
  expect(isSayable(source, say('£20'))).toBe(true);
});
