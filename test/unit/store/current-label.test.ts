import { expect, test } from 'vitest';
import { deriveCurrent } from '../../../src/main/store/labels.ts';

const label = (
  author: 'human' | 'rule' | 'teacher' | 'imported' | 'student',
  output: string,
  isValid = 1,
  confidence: number | null = null,
) => ({
  author,
  outputJson: JSON.stringify(output),
  isValid,
  confidence,
});

test('a person outranks a rule, a rule the teacher, the teacher an import; a student counts for nothing', () => {
  const all = [
    label('human', 'h'),
    label('rule', 'r'),
    label('teacher', 't'),
    label('imported', 'i'),
    label('student', 's'),
  ];
  const winners = all.map((_, index) => deriveCurrent(all.slice(index))?.outputJson);
  expect(winners).toEqual(['"h"', '"r"', '"t"', '"i"', undefined]);
});

test("a person's last word counts", () => {
  expect(deriveCurrent([label('human', 'a'), label('human', 'b')])?.outputJson).toBe('"b"');
});

test("the teacher's valid answers vote; agreement is their share and confidence the winners' mean", () => {
  const current = deriveCurrent([
    label('teacher', 'a', 1, 0.5),
    label('teacher', 'b', 1, 0.8),
    label('teacher', 'b', 1, 0.6),
    label('teacher', 'nonsense', 0),
  ]);
  expect(current).toMatchObject({ outputJson: '"b"', agreement: 0.5 });
  expect(current?.confidence).toBeCloseTo(0.7);
});
