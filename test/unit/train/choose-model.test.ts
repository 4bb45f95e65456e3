import { expect, test } from 'vitest';
import { chooseModel } from '../../../src/main/train/choose-model.ts';

test('the int8 model answers where it is quicker and was seen to be as good', () => {
  expect(chooseModel(true, { difference: -0.002, rows: 500 })).toBe('model.int8.onnx');
  expect(chooseModel(true, { difference: 0.01, rows: 2000 })).toBe('model.int8.onnx');
});

test.each([
  { why: 'it loses more', isQuicker: true, compared: { difference: -0.0025, rows: 2000 } },
  { why: 'rows are too few to tell', isQuicker: true, compared: { difference: 0, rows: 499 } },
  { why: 'nothing was compared', isQuicker: true, compared: null },
  { why: 'it is no quicker', isQuicker: undefined, compared: { difference: 0, rows: 2000 } },
])('the full one where $why', ({ isQuicker, compared }) => {
  expect(chooseModel(isQuicker, compared)).toBe('model.onnx');
});
