import { describe, expect, test } from 'vitest';
import { outputText, readOutput } from '../../../src/renderer/lib/output.ts';
import { toSegments } from '../../../src/renderer/lib/segments.ts';
import { decidedWords } from '../../../src/renderer/screens/review/decided-words.ts';
import { compareOutputs } from '../../../src/renderer/ui/value/compare-outputs.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const form = compileForm(
  parseTask({
    name: 'desk',
    kind: 'tools',
    tools: [
      {
        name: 'book_table',
        parameters: {
          type: 'object',
          properties: {
            city: { type: 'string' },
            seats: { type: 'integer', unit: 'people' },
            is_quiet: { type: 'boolean' },
            dishes: { type: 'array', items: { type: 'string' } },
            when: { type: 'object', properties: { day: { type: 'string' } } },
          },
        },
      },
    ],
  }),
);
const call = (args: Record<string, unknown>) => ({ name: 'book_table', arguments: args }) as never;

describe('an output on one line', () => {
  test('in the schema order, with units, yes and no, lists, and inner objects by their path', () => {
    const output = call({
      when: { day: 'Monday' },
      dishes: ['soup', 'fish'],
      is_quiet: true,
      seats: 2,
      city: 'Paris',
    });
    expect(outputText(output, form)).toBe(
      'book_table · city: Paris, seats: 2 people, is_quiet: yes, dishes: soup, fish, when.day: Monday',
    );
  });

  test('no call, a call without arguments, a label', () => {
    expect(outputText(null, form)).toBe('no call');
    expect(outputText(call({}), form)).toBe('book_table');
    expect(outputText('refund')).toBe('refund');
  });

  test('what the schema does not know comes last and is told', () => {
    const shown = readOutput(call({ colour: 'red', city: 'Paris' }), form);
    expect(shown?.fields.map(({ label, slot }) => [label, slot === undefined])).toEqual([
      ['city', false],
      ['colour', true],
    ]);
  });
});

test('a decision is told with the answer that it gave, which may be no call', () => {
  const item = { label: null, suggestion: { output: call({}), probability: 0.9 } };
  expect(decidedWords('approve', undefined, item, form)).toBe('Accepted no call');
  expect(decidedWords('correct', null, { label: call({}) }, form)).toBe('Changed to no call');
  expect(decidedWords('correct', call({}), item, form)).toBe('Changed to book_table');
  expect(decidedWords('approve', undefined, { label: 'refund' }, undefined)).toBe(
    'Accepted refund',
  );
  expect(decidedWords('skip', undefined, item, form)).toBe('Skipped');
  expect(decidedWords('reject', undefined, {}, form)).toBe('Rejected');
});

describe('two outputs compared', () => {
  test('field by field, the function first', () => {
    const rows = compareOutputs(
      call({ seats: 2, city: 'Paris' }),
      call({ city: 'Rome', dishes: ['soup'] }),
      form,
    );
    expect(rows).toEqual([
      { label: 'function', first: 'book_table', second: 'book_table', isSame: true },
      { label: 'city', first: 'Paris', second: 'Rome', isSame: false },
      { label: 'seats', first: '2 people', second: undefined, isSame: false },
      { label: 'dishes', first: undefined, second: 'soup', isSame: false },
    ]);
  });

  test('the number 2 and the text "2" look alike and are not the same', () => {
    const [, seats] = compareOutputs(call({ seats: 2 }), call({ seats: '2' }), form);
    expect(seats?.isSame).toBe(false);
  });

  test('a call against none', () => {
    const [first] = compareOutputs(call({}), null, form);
    expect(first).toMatchObject({ first: 'book_table', second: 'no call', isSame: false });
  });
});

describe('a text cut at its markings', () => {
  const marking = (start: number, end: number) => ({ start, end, label: `${start}`, tone: 0 });
  const cut = (...markings: readonly ReturnType<typeof marking>[]) =>
    toSegments('book for two', markings).map(({ text, marking: one }) => [text, one?.label]);

  test('nothing of the text is lost', () => {
    expect(cut(marking(5, 8), marking(9, 12))).toEqual([
      ['book ', undefined],
      ['for', '5'],
      [' ', undefined],
      ['two', '9'],
    ]);
    expect(cut()).toEqual([['book for two', undefined]]);
  });

  test('of overlapping ones the first and longest stays; one past the end is none', () => {
    expect(cut(marking(5, 8), marking(5, 12))).toEqual([
      ['book ', undefined],
      ['for two', '5'],
    ]);
    expect(cut(marking(5, 99))).toEqual([['book for two', undefined]]);
  });
});
