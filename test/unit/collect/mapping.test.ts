import { describe, expect, test } from 'vitest';
import { guessMapping } from '../../../src/main/collect/guess-mapping.ts';
import { parseMapping, resolveMapping } from '../../../src/main/collect/mapping.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

describe('parseMapping', () => {
  test('reads pairs, quoted names and blanks', () => {
    expect(parseMapping('text=question, output = "intent, final" ,id=')).toEqual({
      text: 'question',
      output: 'intent, final',
    });
    expect(parseMapping('text="say ""hi"""')).toEqual({ text: 'say "hi"' });
    expect(parseMapping('text=Customer message,id=a b')).toEqual({
      text: 'Customer message',
      id: 'a b',
    });
  });

  test.each([
    ['body=x', /"body" can't be mapped; only text, context/],
    ['text=a,text=b', /mapped twice/],
    ['text', /not readable from "text"/],
    ['text=a,,', /not readable/],
  ])('%s', (source, says) => {
    expect(() => parseMapping(source)).toThrow(says);
  });
});

test('resolveMapping forgives upper and lower case when only one column is meant', () => {
  expect(resolveMapping({ text: 'TEXT' }, ['Text', 'x'])).toEqual({ text: 'Text' });
  expect(() => resolveMapping({ text: 'TEXT' }, ['Text', 'text'])).toThrow(/no column "TEXT"/);
  expect(() => resolveMapping({ output: 'x' }, ['x'])).toThrow(/clearly the text/);
});

describe('guessMapping', () => {
  const task = parseTask({ name: 't', kind: 'classify', labels: ['card', 'refund'] });
  test.each<[string[], Record<string, unknown>, object]>([
    [
      ['id', 'text', 'label'],
      { id: 1, text: 'a b', label: 'card' },
      { id: 'id', text: 'text', output: 'label' },
    ],
    [
      ['question', 'answer', 'zz'],
      { question: 'q', answer: 'long text', zz: 'card' },
      { text: 'question', output: 'zz' },
    ],
    [['a', 'b'], { a: 'short', b: 'a much longer text' }, { text: 'b' }],
    [
      ['utterance', 'split', 'context'],
      { utterance: 'u', split: 'test', context: 'c' },
      { text: 'utterance', split: 'split', context: 'context' },
    ],
    [['text', 'split'], { text: 'u', split: 'banana' }, { text: 'text' }],
    [
      ['Conversation ID', 'userMessage'],
      { 'Conversation ID': 'c', userMessage: 'm' },
      { text: 'userMessage', group: 'Conversation ID' },
    ],
    [['n'], { n: 1 }, {}],
  ])('%j', (columns, row, mapping) => {
    expect(guessMapping(columns, [row], task)).toEqual(mapping);
  });
});
