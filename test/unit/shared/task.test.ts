import { expect, test } from 'vitest';
import { parseTask } from '../../../src/shared/domain/task.ts';

const labels = { name: 'desk', kind: 'classify', labels: ['fraud', 'refund'] };
const tools = {
  name: 'desk',
  kind: 'tools',
  tools: [{ type: 'function', function: { name: 'block_card' } }, { name: 'refund' }],
};

test('labels and functions that need a person are some of the task', () => {
  expect(parseTask({ ...labels, highStakes: ['fraud'] }).highStakes).toEqual(['fraud']);
  const other = { ...labels, noAnswerLabel: 'none', highStakes: ['none'] };
  expect(parseTask(other).labels).toEqual(['fraud', 'refund', 'none']);
  expect(parseTask({ ...tools, highStakes: ['block_card', 'refund'] }).highStakes).toHaveLength(2);
});

test.each([
  [{ ...labels, highStakes: ['Fraud'] }, '"Fraud" is not one of the labels'],
  [{ ...tools, highStakes: ['block_cards'] }, '"block_cards" is not one of the functions'],
])('a slip in one would leave it unguarded: %#', (task, problem) => {
  expect(() => parseTask(task)).toThrow(problem);
});
