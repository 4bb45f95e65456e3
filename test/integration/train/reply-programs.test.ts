import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayReply } from '../../../src/main/train/structured/say-reply.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { has, runOutside } from '../../helpers/outside.ts';

const run = new URL('../../../src/main/train/structured/run/', import.meta.url).pathname;

/** Types with any words and slots, and calls of them, of others, and of none. */
const name = fc.constantFrom('name', 'amount', 'date 2', '__proto__', 'é');
const template = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  parts: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.record({ slot: name }))),
});
const call = fc.oneof(
  fc.constant(null),
  fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    arguments: fc
      .uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key })
      .map((entries) => Object.fromEntries(entries)),
  }),
);
const cases = fc
  .sample(fc.tuple(fc.uniqueArray(template, { selector: (one) => one.name }), call), {
    seed: 2,
    numRuns: 300,
  })
  .map(([replies, output]) => ({
    replies,
    answer: { output: output as Json, confidence: 0.75, missing: [] },
  }));
// As the programs get them: from JSON.
const given = JSON.parse(JSON.stringify(cases)) as typeof cases;
const own = given.map(({ replies, answer }) => sayReply(replies, answer));

test('there is something to compare', () => {
  expect(own.filter(({ output }) => output === '').length).toBeGreaterThan(20);
  expect(own.filter(({ missing }) => missing!.length > 0).length).toBeGreaterThan(20);
  expect(
    own.filter(({ confidence, replyType }) => replyType && confidence > 0).length,
  ).toBeGreaterThan(20);
});

test('the JavaScript program says the same replies', () => {
  const body = `import { sayReply } from ${JSON.stringify(`${run}reply.mjs`)};
let text = ''; for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(({ replies, answer }) => sayReply(replies, answer))));`;
  const said = runOutside('/', process.execPath, ['--input-type=module', '-e', body], given);
  expect(said).toEqual(JSON.parse(JSON.stringify(own)));
});

test.skipIf(!has('python3', '--version'))('the Python program says the same replies', () => {
  const body = `import json, sys
sys.path.insert(0, ${JSON.stringify(run)})
from reply import say_reply
print(json.dumps([say_reply(one["replies"], one["answer"]) for one in json.load(sys.stdin)]))`;
  expect(runOutside('/', 'python3', ['-c', body], given)).toEqual(JSON.parse(JSON.stringify(own)));
});
