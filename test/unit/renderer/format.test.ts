import { expect, test } from 'vitest';
import { duration, percent, roughly } from '../../../src/renderer/lib/format.ts';
import { listedLabels } from '../../../src/renderer/screens/start/new-project/draft.ts';

test('a share that is not all is never told as 100 %', () => {
  expect([0.99996, 0.9996, 1].map((share) => percent(share))).toEqual([
    '99.9 %',
    '99.9 %',
    '100.0 %',
  ]);
  expect([0.996, 1, 0.915].map((share) => percent(share, 0))).toEqual(['99 %', '100 %', '92 %']);
});

test('what is only estimated is told in whole seconds, and never as none', () => {
  expect([0.02, 3.2, 9.9, 42.4, 200].map(roughly)).toEqual(['1 s', '4 s', '10 s', '42 s', '3 min']);
  expect(duration(3.24)).toBe('3.2 s');
});

test('labels stand one a line and may hold commas; on a single line commas part them', () => {
  expect(listedLabels('a, b\nc\n\n')).toEqual(['a, b', 'c']);
  expect(listedLabels(' a, b ,c')).toEqual(['a', 'b', 'c']);
});
