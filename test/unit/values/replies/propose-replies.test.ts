import { expect, test } from 'vitest';
import { proposeReplies } from '../../../../src/main/values/replies/propose-replies.ts';
import type { ReplyTemplate } from '../../../../src/shared/domain/reply.ts';

const templates: ReplyTemplate[] = [
  { name: 'lost', parts: ['Hello ', { slot: 'name' }, ', we have blocked your card.'] },
  {
    name: 'refund',
    parts: [
      'Hello ',
      { slot: 'name' },
      ', we have sent your refund of ',
      { slot: 'amount' },
      ' to your card.',
    ],
  },
];

test('the type of the reply that is there comes first, and lends its values to the others', () => {
  const given = 'Hello Ann, we have sent your refund of £20 to your card.';
  expect(proposeReplies(templates, 'Where is my money?', given)).toEqual([
    { name: 'refund', reply: given },
    { name: 'lost', reply: 'Hello Ann, we have blocked your card.' },
  ]);
});

test('the only fact of its kind is taken from the text; of two, none, and what is not known stays open', () => {
  const [, refund] = proposeReplies(templates, 'Where are my £45.10?', undefined);
  expect(refund!.reply).toBe('Hello [name], we have sent your refund of £45.10 to your card.');
  const [, open] = proposeReplies(templates, 'Where are my £45.10 or £46?', 'Something else');
  expect(open!.reply).toContain('your refund of [amount] to');
});
