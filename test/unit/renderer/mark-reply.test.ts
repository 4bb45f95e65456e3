import { expect, test } from 'vitest';
import { markReply } from '../../../src/renderer/ui/value/mark-reply.ts';

test('a value is marked where it was read and wherever it is said; what is missing, where its name stands', () => {
  const reply = 'Hello Ann, goodbye Ann. It cost [amount].';
  const read = { name: 'name', value: 'Ann', confidence: 0.9, span: { start: 5, end: 8 } };
  const { inText, inReply } = markReply(reply, [read], ['amount']);
  expect(inText).toEqual([{ start: 5, end: 8, label: 'name', tone: 0 }]);
  expect(inReply.map(({ start, end }) => reply.slice(start, end))).toEqual([
    'Ann',
    'Ann',
    '[amount]',
  ]);
  expect(inReply.map(({ label, tone }) => [label, tone])).toEqual([
    ['name', 0],
    ['name', 0],
    ['amount', 1],
  ]);
});

test('an empty value marks nothing', () => {
  expect(markReply('Hello', [{ name: 'name', value: '', confidence: 1 }], []).inReply).toEqual([]);
});
