import { expect, test } from 'vitest';
import { curateTools } from '../../../src/main/app/curate-project.ts';
import { newFactCheck } from '../../../src/main/curate/checks/new-fact.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { makeExample } from '../review/make-example.ts';

const task = parseTask({
  name: 'replies',
  kind: 'rewrite',
  instructions: 'A refund takes 5 days.',
});

async function judge(pairs: readonly (readonly [text: string, output: string])[]) {
  const examples = pairs.map(([text, output], i) =>
    makeExample({
      id: i,
      text,
      status: 'labelled',
      label: { output, author: 'teacher', agreement: 1, isValid: true, confidence: 1 },
    }),
  );
  return newFactCheck.run(
    {
      task,
      examples,
      seed: 1,
      tools: { ...curateTools, readOutOfFold: async () => [] },
      labelsBy: () => [],
    },
    unwatched,
  );
}

/** Outputs that keep the order's number and state the house's telephone. */
const kept = Array.from(
  { length: 30 },
  (_, i) =>
    [`Where is order ${84_000 + i}?`, `Order ${84_000 + i}: 5 days. Call 0800 123 456.`] as const,
);

test('nothing is new in outputs that keep to text, instructions and house facts', async () => {
  expect(await judge(kept)).toEqual([]);
});

test('an invented fact is flagged and told; two are worse', async () => {
  const [one, two] = await judge([
    ...kept,
    ['Where is order 90001?', 'Order 90001 comes on 6 May.'],
    ['Where is order 90002?', 'Order 90002 comes on 6 May for 12 dollars.'],
  ]);
  expect(one!.score).toBeLessThan(newFactCheck.threshold);
  expect(two!.score).toBeLessThan(one!.score);
  expect(one!.evidence.reasons).toEqual(['States the date “6 May”, which its text does not.']);
});

test('what is left out is flagged only where others keep it', async () => {
  const text = 'Where is order 90001?';
  const [odd] = await judge([...kept, [text, 'It is on its way.']]);
  expect(odd!.score).toBeLessThan(newFactCheck.threshold);
  const { start, end } = odd!.evidence.places![0]!;
  expect(text.slice(start, end)).toBe('90001');
  const [usual] = await judge([[text, 'It is on its way.']]);
  expect(usual!.score).toBeGreaterThan(newFactCheck.threshold);
});
