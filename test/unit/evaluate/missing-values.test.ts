import { describe, expect, test } from 'vitest';
import { createMarking, scorePrediction } from '../../../src/main/evaluate/answers.ts';
import { compareOutputs } from '../../../src/renderer/ui/value/compare-outputs.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import type { Prediction } from '../../../src/shared/domain/prediction.ts';
import { decideRoute, type Router } from '../../../src/shared/domain/router.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const task = parseTask({
  name: 'orders',
  kind: 'extract',
  schema: {
    type: 'object',
    properties: { item: { type: 'string' }, count: { type: 'integer', minimum: 0 } },
    required: ['item', 'count'],
  },
});
const lacking: Prediction = {
  output: { item: 'lamp', count: 0 },
  confidence: 0,
  missing: ['count'],
};
const whole: Prediction = { output: lacking.output, confidence: 0 };

describe('what stands for a missing value', () => {
  test('is not right by chance, and is valid all the same', () => {
    const score = (prediction: Prediction) =>
      scorePrediction({ text: '' }, prediction, lacking.output, [], createMarking(task));
    expect(score(lacking)).toMatchObject({ key: '{"item":"lamp"}', isValid: true });
    expect(score(whole)).toMatchObject({ key: '{"count":0,"item":"lamp"}', isValid: true });
  });

  test('is never answered alone, even where everything else is', () => {
    const router = { threshold: 0, abstainLabels: [], maxOutlierScore: null, fallback: 'person' };
    const decide = (prediction: Prediction) =>
      decideRoute(router as unknown as Router, prediction, true); // the rest of it is not read
    expect(decide(lacking)).toEqual({ route: 'person', reason: 'incomplete' });
    expect(decide(whole)).toEqual({ route: 'student', reason: 'sure' });
  });

  test('is not shown as a value', () => {
    const rows = (missing: readonly string[]) =>
      compareOutputs(lacking.output, lacking.output, compileForm(task), missing);
    expect(rows(['count'])).toContainEqual({
      label: 'count',
      first: '0',
      second: 'not found in the text',
      isSame: false,
    });
    expect(rows([]).every(({ isSame }) => isSame)).toBe(true);
  });
});
