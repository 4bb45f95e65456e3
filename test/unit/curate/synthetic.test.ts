import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { curateTools } from '../../../src/main/app/curate-project.ts';
import { syntheticCheck } from '../../../src/main/curate/checks/synthetic.ts';
import { compareDiversity } from '../../../src/main/curate/synthetic/diversity.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { Example } from '../../../src/main/store/examples.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { makeExample } from '../review/make-example.ts';

const rows = readFileSync(new URL('../../fixtures/snips/train.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; output: { name: string } });
const functions = [...new Set(rows.map(({ output }) => output.name))];
const task = parseTask({ name: 'snips', kind: 'classify', labels: functions });

function toExample(i: number, more: Partial<Example>): Example {
  const { text, output } = rows[i]!;
  const label = {
    output: output.name,
    author: 'imported',
    agreement: 1,
    isValid: true,
    confidence: 1,
  } as const;
  return makeExample({ id: i + 1, text, label, status: 'labelled', ...more });
}

/** Every second row is real; the others stand for synthetic ones, written anew by `write`. */
async function judge(write: (text: string) => string, strategy = 'paraphrase') {
  const examples = rows.map((row, i) =>
    toExample(i, i % 2 === 0 ? {} : { origin: 'synthetic', strategy, text: write(row.text) }),
  );
  const scores = await syntheticCheck.run(
    {
      task,
      examples,
      seed: 1,
      tools: { ...curateTools, readOutOfFold: async () => [] },
      labelsBy: () => [],
    },
    unwatched,
  );
  const ranks = scores.map(({ evidence }) => Number(evidence.rank));
  return {
    examples,
    scores,
    auroc: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
    flagged: scores.filter(({ score }) => score < syntheticCheck.threshold).length,
  };
}

test('rows that are like the real ones are not told from them', async () => {
  const { scores, auroc, flagged } = await judge((text) => text);
  expect(scores).toHaveLength(rows.length / 2);
  expect(Math.abs(auroc - 0.5)).toBeLessThan(0.1);
  expect(flagged / scores.length).toBeLessThan(0.02);
});

test('a manner of speaking gives them away', async () => {
  const { scores, auroc, flagged } = await judge(
    (text) => `I would like to kindly request that you ${text}, thank you in advance!`,
  );
  expect(auroc).toBeGreaterThan(0.95);
  expect(flagged / scores.length).toBeGreaterThan(0.8);
});

test('an opening that only they have is told', async () => {
  const { scores } = await judge((text) => `Hey there buddy, ${text}`);
  const reasons = scores.flatMap(({ evidence }) => evidence.reasons ?? []);
  expect(reasons).toContain(
    '250 of 250 synthetic records begin with “hey there buddy”, 0 of 250 real ones.',
  );
});

test('what was disturbed on purpose is not judged', async () => {
  expect((await judge((text) => `\u200b${text}`, 'unicode')).scores).toEqual([]);
});

test('few words said again and again are less diverse', async () => {
  const { examples } = await judge((text) => text);
  const of = (origin: string) => examples.filter((one) => one.origin === origin);
  expect(compareDiversity(of('synthetic'), of('real'))).toBeCloseTo(1, 1);
  const [first] = of('synthetic');
  const same = of('synthetic').map((one) => ({ ...one, text: first!.text }));
  expect(compareDiversity(same, of('real'))).toBeLessThan(0.05);
});
