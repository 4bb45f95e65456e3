import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strategies } from '../../src/main/augment/strategies/index.ts';
import { createOutputValidator } from '../../src/main/lib/output-validity.ts';
import { createRng } from '../../src/main/lib/rng.ts';
import type { Example } from '../../src/main/store/examples.ts';
import { askOptions, children, plantDesk, run, topicTeacher } from '../integration/augment/desk.ts';
import { startTeacher } from '../integration/teach/teacher-server.ts';

let teacher: Awaited<ReturnType<typeof startTeacher>>;
beforeAll(async () => {
  teacher = await startTeacher(topicTeacher);
});
afterAll(() => teacher.close());

describe.each(strategies)('the strategy $id', (strategy) => {
  const augmented = async (seed = 1) => {
    const project = plantDesk();
    const before = project.store.examples.list();
    const result = await run(project, strategy.id, { teacher: askOptions(teacher.baseUrl), seed });
    return { project, before, result, made: children(project) };
  };

  test('makes valid drafts that follow their parent, keep or change its label as it says, and come from no held-out row', async () => {
    const { project, before, result, made } = await augmented();
    expect(made.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ strategy: strategy.id, accepted: made.length });
    const refused = Object.values(result.refused).reduce((sum, count) => sum + count, 0);
    expect(result.made).toBe(result.accepted + refused);
    const byId = new Map(before.map((row) => [row.id, row]));
    const validate = createOutputValidator(project.task);
    for (const child of made) {
      const parent = byId.get(child.parentId!)!;
      expect(parent).toMatchObject({ origin: 'real', split: 'train' });
      expect(child).toMatchObject({
        strategy: strategy.id,
        status: 'labelled',
        consent: parent.consent,
        split: parent.split,
        groupId: parent.groupId,
        groupKey: parent.groupKey,
        context: parent.context,
      });
      expect(child.text).not.toBe(parent.text);
      expect(validate(child.label!.output)).toEqual([]);
      expect(child.text).not.toMatch(
        /canary-(?:holdout|calibration|grouped|rejected|unlabelled|doubted|repeating)/,
      );
    }
    expect(new Set(made.map((child) => child.contentHash)).size).toBe(made.length);

    const outputOf = new Map(before.map(({ id, label }) => [id, label?.output]));
    const isKept = (child: Example) => child.label!.output === outputOf.get(child.parentId!);
    if (strategy.id === 'hard-negative') expect(made.some(isKept)).toBe(false);
    else if (strategy.id !== 'top-up') expect(made.every(isKept)).toBe(true);
    expect(new Set(made.map(({ label }) => label!.author))).toEqual(
      new Set([strategy.maker === 'teacher' ? 'teacher' : 'rule']),
    );
    project.close();
  });

  test('the same seed chooses and makes the same, another seed does not', async () => {
    const [first, again, other] = [await augmented(7), await augmented(7), await augmented(8)];
    const facts = ({ made }: typeof first) =>
      made.map(({ text, parentId }) => (strategy.maker === 'rules' ? text : parentId)).sort();
    expect(facts(again)).toEqual(facts(first));
    expect(facts(other)).not.toEqual(facts(first));
    for (const { project } of [first, again, other]) project.close();
  });

  test('says what it is for', () => {
    expect(strategy.title).not.toBe('');
    expect(strategy.explanation).toMatch(/\.$/);
    expect(strategy.kinds.length).toBeGreaterThan(0);
  });
});

describe('strategies for structured outputs', () => {
  const task = {
    name: 'x',
    kind: 'extract' as const,
    instructions: '',
    schema: { type: 'object' },
  };
  const text = 'Please deliver seventeen lanterns to Wellington before Thursday evening';
  const output = { item: 'lanterns', city: 'Wellington', when: ['Thursday evening'] };
  const seed = { example: { text } as Example, output, told: output };

  test.each(
    strategies.flatMap((each) =>
      each.maker === 'rules' && each.kinds.includes('extract') ? [each] : [],
    ),
  )('$id leaves the values of the output readable', (strategy) => {
    const rng = createRng(3);
    const made = Array.from({ length: 50 }, () => strategy.make({ seed, output }, { task, rng }));
    expect(made.filter((each) => each !== undefined).length).toBeGreaterThan(25);
    for (const each of made)
      for (const value of ['lanterns', 'Wellington', 'Thursday', 'evening'])
        if (each !== undefined) expect(each).toContain(value);
  });
});
