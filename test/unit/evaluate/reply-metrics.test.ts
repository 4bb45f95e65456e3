import { expect, test } from 'vitest';
import { createMarking, scoreAll } from '../../../src/main/evaluate/answers.ts';
import { chrfOf } from '../../../src/main/evaluate/metrics/chrf.ts';
import { metrics } from '../../../src/main/evaluate/metrics/index.ts';
import type { Prediction } from '../../../src/shared/domain/prediction.ts';
import type { ReplyTemplate } from '../../../src/shared/domain/reply.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const task = parseTask({ name: 'replies', kind: 'rewrite' });
const template: ReplyTemplate = {
  name: 'refund',
  parts: [
    'We have sent your refund of ',
    { slot: 'amount' },
    ' to your card. Call 0800 555 0199 if it is not there.',
  ],
};
const say = (amount: string) =>
  `We have sent your refund of ${amount} to your card. Call 0800 555 0199 if it is not there.`;

/** A row: what is asked, the right reply, and the reply given; with a name of what is missing, not whole. */
type Row = readonly [text: string, gold: string, output: string, missing?: string];

function measure(id: string, rows: readonly Row[]) {
  const predictions = rows.map(
    ([, , output, missing]): Prediction => ({
      output,
      confidence: missing ? 0 : 0.9,
      missing: missing ? [missing] : [],
    }),
  );
  const scored = scoreAll(
    {
      inputs: rows.map(([text]) => ({ text })),
      gold: rows.map(([, gold]) => gold),
      predictions,
      classes: [],
    },
    createMarking(task, [template]),
  );
  return metrics[id]!.measure(scored)?.value;
}

const five: readonly Row[] = [
  ['Where are my £20?', say('£20'), say('£20')],
  ['Where are my £30?', say('£30').replace('We have', "We've"), say('£30')],
  ['I want 40 or 50 pounds', say('£40'), say('£50')],
  ['Odd question about £7', 'Ask your branch about the £7.', ''],
  ['Where are my pounds?', say('£60'), say('[amount]'), 'amount'],
];

test('five rows by hand', () => {
  // Right: the same, the same in other words, and two that no type can say from their text.
  expect(measure('replyRight', five)).toBe(4 / 5);
  expect(measure('exactMatch', five)).toBe(1 / 5);
  expect(measure('replyCoverage', five)).toBe(3 / 5);
  expect(measure('replyGiven', five)).toBe(3 / 5);
  expect(measure('validJson', five)).toBe(1);
  expect(measure('factsInvented', five)).toBe(0);
  // Of £20, £30 and 40 pounds, that one is lost.
  expect(measure('factsKept', five)).toBeCloseTo(2 / 3, 12);
});

test('a fact from nowhere is seen; the house’s own and the reference’s are none', () => {
  const invented: Row = ['Where are my £20?', say('£20'), `${say('£20')} It was £99 in 2019.`];
  expect(measure('factsInvented', [...five, invented])).toBe(1 / 4);
  const repeated: Row = ['Where is it?', 'It left on 3 May 2026.', 'It left on 3 May 2026.'];
  expect(measure('factsInvented', [repeated])).toBe(0);
});

test('chrF2 by hand', () => {
  expect(chrfOf('the same', 'the same')).toBeCloseTo(1, 12);
  expect(chrfOf('ab', 'xy')).toBe(0);
  // n = 1: P = 2/2, R = 2/3; n = 2: P = 1/1, R = 1/2; the first has no 3-gram. P = 1, R = 7/12.
  expect(chrfOf('ab', 'abc')).toBeCloseTo((5 * 1 * (7 / 12)) / (4 + 7 / 12), 12);
  expect(chrfOf('a b', 'abc')).toBe(chrfOf('ab', 'abc'));
});

test('without replies to measure there is no figure', () => {
  const left: readonly Row[] = [['Odd', 'Ask your branch.', '']];
  for (const id of ['factsInvented', 'factsKept', 'chrf'])
    expect(measure(id, left), id).toBeUndefined();
});
