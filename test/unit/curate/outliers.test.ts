import { describe, expect, test } from 'vitest';
import { curateTools } from '../../../src/main/app/curate-project.ts';
import { outlierCheck } from '../../../src/main/curate/checks/outlier.ts';
import { findDamage } from '../../../src/main/curate/outliers/find-damage.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { makeExample } from '../review/make-example.ts';

const task = parseTask({ name: 'desk', kind: 'classify', labels: ['card', 'parcel'] });
const things = 'card parcel letter order invoice refund transfer account'.split(' ');
const troubles = [
  'has not come yet and I am worried about it',
  'was refused in a shop in Rome yesterday',
  'came twice this month, please look into that',
  'is not shown in my list of the last week',
  'should be sent to my new address in the city',
];
const askings = ['please help', 'what can I do', 'how long does this take', 'is that usual'];
/** 320 plain sentences: enough to learn what is usual. */
const usual = things.flatMap((thing) =>
  troubles.flatMap((trouble, t) =>
    [...askings, ...askings.map((asking) => `${asking} now`)].map(
      (asking, a) => `My ${thing} ${trouble}, ${asking}${t + a === 3 ? '?' : ''}`,
    ),
  ),
);

const judge = (...odd: string[]) => judgeAmong(usual, odd);

async function judgeAmong(usual: readonly string[], odd: readonly string[]) {
  const examples = [...usual, ...odd].map((text, i) =>
    makeExample({
      id: i + 1,
      text,
      status: 'labelled',
      label: { output: 'card', author: 'teacher', agreement: 1, isValid: true, confidence: 1 },
    }),
  );
  const scores = await outlierCheck.run(
    {
      task,
      examples,
      seed: 1,
      tools: { ...curateTools, readOutOfFold: async () => [] },
      labelsBy: () => [],
    },
    unwatched,
  );
  return scores
    .filter(({ score }) => score < outlierCheck.threshold)
    .map(({ exampleId, evidence }) => [
      odd[exampleId - usual.length - 1] ?? examples[exampleId - 1]!.text,
      (evidence.kinds as string[])[0],
    ]);
}

test('what is usual is not flagged', async () => {
  expect(await judge('My parcel was lost in the post', 'Is my card blocked? I am abroad.')).toEqual(
    [],
  );
});

test('letters that most rows have are not foreign; another language still is', async () => {
  const german = Array.from({ length: 60 }, (_, i) => [
    `Guten Tag, Rechnung R-${500 + i} über ${i + 3},50 € ist falsch, bitte prüfen. Grüße, Jörg Müller`,
    `Hallo, wo bleibt mein Paket ${8000 + i}? Bestellt am ${(i % 27) + 1}. März.`,
  ]).flat();
  const english = 'Hello, could you tell me where the parcel is that I ordered from you';
  expect(await judgeAmong(german, [english])).toEqual([[english, 'language']]);
});

test.each([
  ['length', `My card was refused. ${'I tried it again in another shop. '.repeat(40)}`],
  ['length', 'Hi'],
  ['empty', '?!'],
  ['empty', 'x'],
  ['damage', 'My card was refused in the cafÃ© yesterday'],
  ['damage', 'My parcel hasnâ€™t come, what can I do'],
  ['damage', 'My na\uFFFDve question is about the card'],
  ['damage', 'Why was I charged &quot;twice&quot; for the order'],
  ['script', 'Почему моя карта не работает в магазине'],
  ['script', '我的卡为什么在商店里不能用了呢请帮忙'],
  ['language', 'Ich möchte wissen, warum meine Karte nicht funktioniert'],
  ['language', 'Pourquoi est-ce que ma carte ne fonctionne pas dans ce pays'],
  ['language', 'Ztratila se mi platební karta, potřebuji novou co nejdříve'],
  ['gibberish', 'asdkjh qwlekj zxmcnb qpwoei fghvbn'],
])('%s: %s', async (kind, text) => {
  expect(await judge(text)).toEqual([[text, kind]]);
});

describe('spoilt characters', () => {
  test('are told with what they stand for, and where', () => {
    const text = 'the cafÃ© was shut';
    const [{ reason, place }] = findDamage(text) as [ReturnType<typeof findDamage>[number]];
    expect(reason).toContain('“Ã©” stands for “é”');
    expect(text.slice(place!.start, place!.end)).toBe('Ã©');
  });

  test.each([
    'Ünïcödé, Ça va? São Paulo, Ærø, “quotes” and – dashes…',
    '2 × 3, 5 °C, 10 € & more, C:\\users',
    'Привет 你好 שלום مرحبا 👍🏽',
  ])('are not seen in %s', (text) => {
    expect(findDamage(text)).toEqual([]);
  });
});
