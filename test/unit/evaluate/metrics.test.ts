import { expect, test } from 'vitest';
import { metrics } from '../../../src/main/evaluate/metrics/index.ts';
import type { Scored, ScoredAnswer } from '../../../src/main/evaluate/scored.ts';
import { canonicalJson, type Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const classify = parseTask({
  name: 'desk',
  kind: 'classify',
  labels: ['a', 'b', 'c'],
  noAnswerLabel: 'none',
});
const extract = parseTask({ name: 'slots', kind: 'extract', schema: { type: 'object' } });

type Given = Partial<Omit<ScoredAnswer, 'key'>> & { readonly output: Json };

function scored(task: Scored['task'], rows: readonly (readonly [Json, Given])[]): Scored {
  return {
    task,
    gold: rows.map(([gold]) => canonicalJson(gold)),
    answers: rows.map(([, { output, ...rest }]) => ({
      key: canonicalJson(output),
      isValid: true,
      ...rest,
    })),
  };
}

const five = scored(classify, [
  ['a', { output: 'a', confidence: 0.9, goldProbability: 0.9, noAnswerScore: 0.1 }],
  ['a', { output: 'b', confidence: 0.6, goldProbability: 0.3, noAnswerScore: 0.4 }],
  ['b', { output: 'b', confidence: 0.8, goldProbability: 0.8, noAnswerScore: 0.2 }],
  ['none', { output: 'none', confidence: 0.7, goldProbability: 0.7, noAnswerScore: 0.7 }],
  ['none', { output: 'a', confidence: 0.5, goldProbability: 0.2, noAnswerScore: 0.3 }],
]);

// By hand: F1 of a = 2·1/(2 + 2) = 1/2, of b = 2·1/(1 + 2) = 2/3, of none = 2·1/(2 + 1) = 2/3.
// Five rows are five bins: the calibration error is the mean of |right - confidence|.
const byHand: Readonly<Record<string, number>> = {
  accuracy: 3 / 5,
  exactMatch: 3 / 5,
  validJson: 1,
  macroF1: (1 / 2 + 2 / 3 + 2 / 3) / 3,
  ece: (0.1 + 0.6 + 0.2 + 0.3 + 0.5) / 5,
  brier: (0.01 + 0.36 + 0.04 + 0.09 + 0.25) / 5,
  nll: -(Math.log(0.9) + Math.log(0.3) + Math.log(0.8) + Math.log(0.7) + Math.log(0.2)) / 5,
  // Of 2 · 3 pairs only (0.3 against 0.4) is the wrong way round.
  oosAuroc: 5 / 6,
  noAnswerPrecision: 1,
  noAnswerRecall: 1 / 2,
};

test.each(Object.entries(byHand))('%s is %d on five rows by hand', (id, value) => {
  const estimate = metrics[id]!.measure(five)!;
  expect(estimate.value).toBeCloseTo(value, 12);
  expect(estimate.low).toBeLessThanOrEqual(value);
  expect(estimate.high).toBeGreaterThanOrEqual(value);
});

test('fields count by path and value, items of a list in any order', () => {
  const rows = scored(extract, [
    [
      { city: 'Bern', days: [1, 2], to: { name: 'Ann' } },
      { output: { city: 'Bern', days: [2, 3], to: { name: 'Ann' } } },
    ],
    [{ city: 'Graz' }, { output: {} }],
  ]);
  // 3 right of 4 given and 4 answered, then 0 of 1 and 0: F1 = 2·3 / (4 + 4 + 1)
  expect(metrics.fieldF1!.measure(rows)!.value).toBeCloseTo(6 / 9, 12);
  expect(metrics.exactMatch!.measure(rows)!.value).toBe(0);
  expect(metrics.fieldF1!.measure(scored(extract, [[{}, { output: {} }]]))!.value).toBe(1);
});

test('a call is judged by its function, its arguments, and whether there should be one', () => {
  const tools = parseTask({ name: 'desk', kind: 'tools', tools: [{ name: 'f' }] });
  const call = (name: string, args: Json): Json => ({ name, arguments: args });
  const rows = scored(tools, [
    [call('f', { a: 1, b: [2, 3] }), { output: call('f', { a: 1, b: [3] }) }],
    [call('g', { a: 1 }), { output: call('f', { a: 1 }) }],
    [null, { output: null }],
    [null, { output: call('f', {}) }],
    [call('f', {}), { output: null }],
  ]);
  expect(metrics.functionAccuracy!.measure(rows)!.value).toBe(2 / 5);
  // 3 right of 4 given and 3 answered: F1 = 2·3 / (4 + 3)
  expect(metrics.argumentF1!.measure(rows)!.value).toBeCloseTo(6 / 7, 12);
  expect(metrics.noAnswerPrecision!.measure(rows)!.value).toBe(1 / 2);
  expect(metrics.noAnswerRecall!.measure(rows)!.value).toBe(1 / 2);
});

test('what the rows cannot tell is left out', () => {
  const silent = scored(classify, [
    ['a', { output: 'a' }],
    ['b', { output: 'a' }],
  ]);
  for (const id of ['ece', 'nll', 'brier', 'oosAuroc', 'noAnswerPrecision', 'noAnswerRecall'])
    expect(metrics[id]!.measure(silent), id).toBeUndefined();
  // Those of replies are in reply-metrics.test.ts.
  const known = [...Object.keys(byHand), 'fieldF1', 'functionAccuracy', 'argumentF1'];
  const ofReplies = Object.keys(metrics).filter((id) => !known.includes(id));
  for (const id of ofReplies) expect(metrics[id]!.kinds, id).toEqual(['rewrite']);
});

test('the interval narrows with the rows', () => {
  const rows = (n: number) =>
    scored(
      classify,
      Array.from({ length: n }, (_, i) => ['a', { output: i % 10 === 0 ? 'b' : 'a' }] as const),
    );
  const width = (n: number) => {
    const { low, high } = metrics.macroF1!.measure(rows(n))!;
    return high - low;
  };
  expect(width(2_000)).toBeLessThan(width(100) / 2);
});
