import { describe, expect, test } from 'vitest';
import { createReplyParser } from '../../../src/main/teach/parse-reply/index.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const labels = ['card_arrival', 'top_up', 'top_up_fee', 'Refund', 'no_answer'];
const classify = createReplyParser(parseTask({ name: 't', kind: 'classify', labels }));

function outcome(parse: ReturnType<typeof createReplyParser>, raw: string): unknown {
  const parsed = parse(raw);
  return parsed.outcome === 'accepted' ? parsed.output : parsed.outcome;
}

describe('a label', () => {
  test.each([
    ['{"label": "card_arrival", "confidence": 0.9}', 'card_arrival'],
    ['```json\n{"label": "card_arrival"}\n```', 'card_arrival'],
    ['Sure! It is about top up fees.\n{"label": "top_up_fee"}\nAnything else?', 'top_up_fee'],
    ["{'label': 'top_up', 'confidence': 0.9}", 'top_up'],
    ['{"label": "top_up", "confidence": 0.9,}', 'top_up'],
    ['{"intent": "top_up", "score": 0.9}', 'top_up'],
    ['{"result": {"category": "top_up"}}', 'top_up'],
    ['{"label": "TOP_UP"}', 'top_up'],
    ['{"label": "Card arrival"}', 'card_arrival'],
    ['{"label": "card-arrival"}', 'card_arrival'],
    ['{"Label": "cardArrival"}', 'card_arrival'],
    ['{"label": ["refund"]}', 'Refund'],
    ['{"labels": ["refund"]}', 'Refund'],
    ['{"label": {"top_up": 0.9, "Refund": 0.1}}', 'top_up'],
    ['top_up', 'top_up'],
    ['"top_up"', 'top_up'],
    ['**top_up**.', 'top_up'],
    ['Label: top up fee', 'top_up_fee'],
    ['The label is `top_up_fee` [1], since they ask about a fee.', 'top_up_fee'],
    ['<think>{"label": "top_up"}? No.</think>{"label": "Refund"}', 'Refund'],
    ['{"label": "card_arrival", "confid', 'card_arrival'],
    ['{"label": "Refund"} {"label": "Refund"}', 'Refund'],
    ['\uFEFF{"label": "Refund"}', 'Refund'],
  ])('is read from %s', (raw, expected) => {
    expect(outcome(classify, raw)).toBe(expected);
  });

  test.each([
    [''],
    ['\n'],
    ['{}'],
    ['null'],
    ['{"label": "top_u'],
    ['{"label": "top_up'],
    ['{"label": ["top_up"'],
    ['{"lab'],
    ['{"label": "top_up_question"}'],
    ['{"label": "general_refund"}'],
    ['{"label": "fee top up"}'],
    ['{"label": ["top_up", "Refund"]}'],
    ['{"labels": ["top_up", "Refund"]}'],
    ['{"label": "top_up or Refund"}'],
    ['{"first": "top_up", "second": "Refund"}'],
    ['{"label": "top_up"} or maybe {"label": "Refund"}'],
    ['It could be `top_up` or `Refund`.'],
    ['The customer talks about a refund of a top_up.'],
    ['{"label": null}'],
    ['{"label": 3}'],
    ['{"label": {"top_up": 0.5, "Refund": 0.5}}'],
  ])('is not guessed from %s', (raw) => {
    expect(outcome(classify, raw)).toBe('malformed');
  });

  test.each([
    ["I'm sorry, but I can't help with that request."],
    ['I cannot assist with this.'],
    ['As an AI, I do not classify such messages.'],
    ['{"error": "I am unable to help with that."}'],
  ])('is declined by %s', (raw) => {
    expect(outcome(classify, raw)).toBe('refusal');
  });

  test('comes with the confidence that the teacher gave', () => {
    const confidence = (raw: string) => {
      const parsed = classify(raw);
      return parsed.outcome === 'accepted' ? parsed.confidence : undefined;
    };
    expect(confidence('{"label": "top_up", "confidence": 0.97}')).toBe(0.97);
    expect(confidence('{"label": "top_up", "score": "85%"}')).toBe(0.85);
    expect(confidence('{"label": "top_up", "confidence": 85}')).toBe(0.85);
    expect(confidence('{"label": "top_up", "confidence": "high"}')).toBeNull();
    expect(confidence('{"label": "top_up", "confidence": -1}')).toBeNull();
  });

  test('that differs from another only in its form is not mixed up with it', () => {
    const parse = createReplyParser(
      parseTask({ name: 't', kind: 'classify', labels: ['a b', 'a_b', '+', '-'] }),
    );
    expect(outcome(parse, '{"label": "a_b"}')).toBe('a_b');
    expect(outcome(parse, '{"label": "A-B"}')).toBe('malformed');
    expect(outcome(parse, '{"label": "+"}')).toBe('+');
    expect(outcome(parse, '{"label": "*"}')).toBe('malformed');
  });
});

describe('an object', () => {
  const schema = {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city'],
    additionalProperties: false,
  };
  const parse = createReplyParser(parseTask({ name: 't', kind: 'extract', schema }));
  test.each([
    ['{"city": "Oslo", "days": 2}', { city: 'Oslo', days: 2 }],
    ["Here:\n{'city': 'Oslo', 'days': 2,}", { city: 'Oslo', days: 2 }],
    ['{"city": "Oslo", "days": null}', { city: 'Oslo' }],
    ['{"output": {"city": "Oslo"}}', { city: 'Oslo' }],
    ['[{"city": "Oslo"}]', { city: 'Oslo' }],
    ['{"city": "Oslo", "confidence": 0.8}', { city: 'Oslo' }],
    ['{"city": "a \\"quoted\\" } brace"}', { city: 'a "quoted" } brace' }],
  ])('is read from %s', (raw, expected) => {
    expect(outcome(parse, raw)).toEqual(expected);
  });

  test.each([
    ['{"town": "Oslo"}'],
    ['{"city": "Oslo", "days": 2'],
    ['{"city": "Os'],
    ['{"city": "Oslo", "days": "two"}'],
    ['Oslo'],
  ])('that does not fit or was cut off is malformed: %s', (raw) => {
    expect(outcome(parse, raw)).toBe('malformed');
  });
});

describe('a call', () => {
  const tools = [
    {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
    { type: 'function', function: { name: 'stop' } },
  ];
  const parse = createReplyParser(parseTask({ name: 't', kind: 'tools', tools }));
  const oslo = { name: 'get_weather', arguments: { city: 'Oslo' } };
  const text = JSON.stringify(oslo.arguments);
  test.each([
    [JSON.stringify(oslo), oslo],
    [JSON.stringify({ name: 'get_weather', arguments: text }), oslo],
    [
      JSON.stringify({
        tool_calls: [
          { id: '1', type: 'function', function: { name: 'get_weather', arguments: text } },
        ],
      }),
      oslo,
    ],
    [JSON.stringify([oslo]), oslo],
    [JSON.stringify([oslo, oslo]), oslo],
    [JSON.stringify({ function_call: { name: 'get_weather', arguments: text } }), oslo],
    [JSON.stringify({ tool: 'getWeather', parameters: { city: 'Oslo' } }), oslo],
    [JSON.stringify({ get_weather: { city: 'Oslo' } }), oslo],
    [JSON.stringify({ intent: 'get_weather', slots: [{ name: 'city', value: 'Oslo' }] }), oslo],
    [JSON.stringify({ name: 'get_weather', arguments: { city: ['Oslo'] } }), oslo],
    ['{"name": "stop"}', { name: 'stop', arguments: {} }],
    ['null', null],
    ['{"name": null, "arguments": {}}', null],
    ['{"tool_calls": []}', null],
    ['[]', null],
    ['"no call"', null],
    ['No function call is needed.', null],
    ['None of the functions can help with this.', null],
  ])('is read from %s', (raw, expected) => {
    expect(outcome(parse, raw)).toEqual(expected);
  });

  test.each([
    ['{"name": "fly", "arguments": {}}'],
    ['{"name": "get_weather", "arguments": {}}'],
    ['{"name": "get_weather", "arguments": {"city": "Oslo", "unit": "C"}}'],
    [JSON.stringify([oslo, { name: 'stop', arguments: {} }])],
    ['{"name": "get_weather", "arguments": {"city": "Os'],
    ['{"name": "get_weather", "arguments": {"city": ["Oslo", "Rome"]}}'],
    ['{"intent": "get_weather", "slots": [{"name": "city"}]}'],
    ['get_weather'],
    [''],
  ])('is not guessed from %s', (raw) => {
    expect(outcome(parse, raw)).toBe('malformed');
  });
});

test('a rewrite is the text, wrapped or bare', () => {
  const parse = createReplyParser(parseTask({ name: 't', kind: 'rewrite' }));
  expect(outcome(parse, '{"text": "Dear Anna"}')).toBe('Dear Anna');
  expect(outcome(parse, 'Dear [NAME_1], see [1].')).toBe('Dear [NAME_1], see [1].');
  expect(outcome(parse, '{"text": "Dear An')).toBe('malformed');
});

test('a text that the provider says it cut off is none, unless it is wrapped and whole', () => {
  const parse = createReplyParser(parseTask({ name: 't', kind: 'rewrite' }));
  const cut = (raw: string) => parse(raw, undefined, true);
  expect(cut('Dear Anna, your refund of')).toMatchObject({
    outcome: 'malformed',
    problem: 'the reply was cut off',
  });
  expect(cut('{"text": "Dear Anna, your refund is out."}')).toMatchObject({
    output: 'Dear Anna, your refund is out.',
  });
  expect(cut('{"text": "Dear Anna, your refund of')).toMatchObject({ outcome: 'malformed' });
});

test('a desk that is sorry writes a text; a teacher that will not write declines', () => {
  const parse = createReplyParser(parseTask({ name: 't', kind: 'rewrite' }));
  for (const text of [
    'Dear customer, I am sorry to hear that your card is gone. We have blocked it.',
    'I’m sorry, but we do not open on Sundays.',
    'I cannot do this refund today, Anna; it takes five days.',
  ]) {
    expect(outcome(parse, text)).toBe(text);
    expect(outcome(parse, JSON.stringify({ text }))).toBe(text);
    expect(parse(text)).toMatchObject({ repairs: [] });
  }
  for (const text of [
    "I'm sorry, but I can't help with that.",
    'Sorry, I cannot assist with this request.',
    'I am unable to comply with that.',
    'As an AI language model, I have no opinion on refunds.',
  ]) {
    expect(outcome(parse, text)).toBe('refusal');
    expect(outcome(parse, JSON.stringify({ text }))).toBe('refusal');
  }
});

test('a field of the task that is called "score" is no confidence; what stands beside the output is', () => {
  const score = { type: 'number' };
  const parse = createReplyParser(
    parseTask({
      name: 't',
      kind: 'extract',
      schema: { type: 'object', properties: { score }, required: ['score'] },
    }),
  );
  expect(parse('{"score": 0.2}')).toMatchObject({ output: { score: 0.2 }, confidence: null });
  expect(parse('{"output": {"score": 0.2}, "confidence": 0.9}')).toMatchObject({
    output: { score: 0.2 },
    confidence: 0.9,
  });
});
