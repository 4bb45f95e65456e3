import { describe, expect, test } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import { unwatched } from '../../../../src/main/lib/work.ts';
import { findReplyTypes } from '../../../../src/main/train/replies/find-reply-types.ts';
import type { AnsweredText } from '../../../../src/main/train/replies/reply-row.ts';
import { renderReply, slotsOf } from '../../../../src/shared/domain/reply.ts';
import { createHouseRows } from '../../../helpers/house-replies.ts';

const find = (rows: readonly AnsweredText[]) => findReplyTypes(rows, unwatched);
const toRow = (text: string, output: string, isHuman = false, group = `${text}: ${output}`) => ({
  text,
  output,
  isHuman,
  group,
});
const wordingsOf = async (rows: readonly AnsweredText[]) =>
  (await find(rows)).templates.map((template) => renderReply(template, {}));

test('a type is said with the lines and spaces that come most often', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const line = i % 4 === 0 ? '\n\n' : ' ';
    return toRow(
      `Where is order A-${1000 + i}?`,
      `Dear customer,${line}order A-${1000 + i} is out.`,
    );
  });
  const { templates } = await find(rows);
  expect(templates.map((template) => renderReply(template, { code: 'X' }))).toEqual([
    'Dear customer, order X is out.',
  ]);
});

test('an amount keeps its sign, however it is written, and is no time', async () => {
  for (const write of [(n: number) => `${n},50 €`, (n: number) => `£${n}.50`]) {
    const rows = Array.from({ length: 20 }, (_, i) =>
      toRow(
        `Rechnung R-${500 + i} über ${write(i + 3)} ist falsch.`,
        `Wir prüfen ${write(i + 3)} heute.`,
      ),
    );
    const { templates, replies } = await find(rows);
    expect(templates.flatMap(slotsOf)).toEqual(['amount']);
    replies.forEach((reply, i) => {
      const [said] = reply!.values;
      expect(renderReply(templates[0]!, { amount: said!.value })).toBe(rows[i]!.output);
    });
  }
});

describe('in replies of a house over texts that customers wrote', () => {
  const house = createHouseRows(400, { reworded: 0.2, invented: 0.08 });
  const rows = house.map(({ text, output }) => toRow(text, output));
  const found = find(rows);

  test('each wording is found, with what the texts give as values', async () => {
    const { templates } = await found;
    expect(templates.length).toBeGreaterThanOrEqual(8);
    expect(templates.length).toBeLessThanOrEqual(10);
    expect(templates.slice(0, 8).flatMap(slotsOf).sort()).toEqual(
      ['amount', 'amount', 'amount', 'date', 'date', 'date', 'email']
        .concat(Array.from({ length: 6 }, () => 'name'))
        .sort(),
    );
  });

  test('replies in the words of the house follow them, others do not', async () => {
    const { replies } = await found;
    const share = (how: string, isRight: (i: number) => boolean) => {
      const own = house.flatMap((row, i) => (row.how === how ? [i] : []));
      expect(own.length, how).toBeGreaterThan(5);
      return own.filter(isRight).length / own.length;
    };
    expect(share('house', (i) => replies[i]?.isGrounded === true)).toBe(1);
    expect(share('reworded', (i) => replies[i]?.isGrounded === true)).toBeGreaterThan(0.85);
    expect(share('own words', (i) => replies[i] === undefined)).toBe(1);
    expect(share('invented', (i) => replies[i]?.isGrounded !== true)).toBe(1);
  });

  test('no customer is named in a wording, though replies name them', async () => {
    const names = new Set(
      house.flatMap(({ text, output }) => output.match(/(?<=Hello )\w+ \w+/g) ?? text.slice(0, 0)),
    );
    expect(names.size).toBeGreaterThan(50);
    const { templates } = await found;
    const said = templates.map((template) => renderReply(template, {})).join('\n');
    expect([...names].filter((name) => name && said.includes(name))).toEqual([]);
  });

  test('in whatever order the rows come', async () => {
    const shuffled = createRng(5).shuffle([...rows]);
    expect((await find(shuffled)).templates).toEqual((await found).templates);
  });
});

const texts = Array.from({ length: 24 }, (_, i) => `Where is parcel ${7000 + 13 * i}, please?`);
const numberOf = (text: string) => /[0-9]+/.exec(text)![0];

test('a fact that differs from row to row and stands in no text is not learnt: there is no type', async () => {
  const says = (toNumber: (text: string, i: number) => string) =>
    texts.map((text, i) =>
      toRow(text, `Dear customer, parcel ${toNumber(text, i)} is with our driver at this moment.`),
    );
  expect(await wordingsOf(says((_, i) => String(90_000 + 17 * i)))).toEqual([]);
  // The control: in the text, it is a value.
  expect(await wordingsOf(says(numberOf))).toEqual([
    expect.stringMatching(/^Dear customer, parcel \[\w+\] is with our driver at this moment\.$/),
  ]);
});

test('what fewer than three rows say is in no wording, unless a person approved one of them', async () => {
  const rows = (special: string, isHuman: boolean) =>
    texts.map((text, i) => {
      const team = i < 2 ? special : 'team';
      const output = `Dear customer, parcel ${numberOf(text)} is on its way, says the ${team} of your shop.`;
      return toRow(text, output, isHuman && i === 0);
    });
  const wordings = async (special: string, isHuman: boolean) =>
    (await wordingsOf(rows(special, isHuman))).join('\n');
  expect(await wordings('helpful team', false)).toContain('says the team');
  expect(await wordings('helpful team', true)).toContain('says the helpful team');
  // A name makes it another reply, which two rows are too few for.
  expect(await wordings('wonderful Ottilie', true)).toContain('says the team');
});

test('copies and descendants of one row are one row of those that say a word', async () => {
  const rows = (groupOf: (i: number) => string) =>
    texts.map((text, i) => {
      const output = `Dear colleague of Ottilie, your parcel is on its way and will be with you very soon.`;
      return toRow(text, output, false, groupOf(i));
    });
  expect(await wordingsOf(rows(() => 'group 1'))).toEqual([]);
  expect(await wordingsOf(rows((i) => `group ${i % 3}`))).toHaveLength(1);
});

test('replies of many pages, and many that each state another unknown, take no longer than others', async () => {
  const pages = Array.from({ length: 20_000 }, (_, i) => `word${'abcdefghij'[i % 10]}`).join(' ');
  const rows = texts.flatMap((text, i) => [
    toRow(text, `${pages} ${i}`),
    toRow(text, `Your parcel ${numberOf(text)} is with our driver and comes today.`),
  ]);
  expect(await wordingsOf(rows)).toEqual([expect.stringMatching(/^Your parcel/)]);

  const unknown = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      toRow(
        texts[i % texts.length]!,
        `Dear customer, your case has the number ${90_000 + 17 * i}.`,
      ),
    );
  const cpuMsOf = async (count: number) => {
    const before = process.cpuUsage();
    expect(await wordingsOf(unknown(count))).toEqual([]);
    return process.cpuUsage(before).user / 1e3;
  };
  // Four times as many; with the square of it they would take sixteen times as long.
  expect((await cpuMsOf(400)) / (await cpuMsOf(100))).toBeLessThan(10);
}, 60_000);

test('a wording that a person approved is preferred to a more usual one', async () => {
  const usual = 'parcel is on its way to you and will be there soon.';
  const rows = texts.map((text, i) =>
    toRow(text, i === 3 ? `The ${usual}` : `Your ${usual}`, i === 3),
  );
  expect(await wordingsOf(rows)).toEqual([`The ${usual}`]);
});

test('with a name or without are two types', async () => {
  const names = 'Anna Boris Clara Dario Emil Frida Gustav Hanna Igor Jana Karl Lena'.split(' ');
  const rows = Array.from({ length: 24 }, (_, i) => {
    const name = i % 2 === 0 ? names[i / 2] : undefined;
    return toRow(
      `${texts[i]}${name ? ` I am ${name}.` : ''}`,
      `Hi ${name ?? 'there'}, your parcel is with our driver and will reach you today.`,
    );
  });
  expect((await wordingsOf(rows)).sort()).toEqual([
    'Hi [name], your parcel is with our driver and will reach you today.',
    'Hi there, your parcel is with our driver and will reach you today.',
  ]);
});

test('wordings that depend on what the text says are types of their own; by chance they are one', async () => {
  const kinds = ['credit', 'savings'] as const;
  const says = (kindOf: (i: number) => string) =>
    Array.from({ length: 40 }, (_, i) =>
      toRow(
        `Request ${i}: my ${kinds[i % 2] === 'credit' ? 'plastic' : 'book'} is gone`,
        `We are sorry about this and have blocked your ${kindOf(i)} product for you as you asked.`,
      ),
    );
  expect(await wordingsOf(says((i) => (i % 2 === 0 ? 'plastic' : 'passbook')))).toHaveLength(2);
  const rng = createRng(3);
  expect(await wordingsOf(says(() => (rng.next() < 0.5 ? 'current' : 'present')))).toHaveLength(1);
});

test('opposites are never one type', async () => {
  const rng = createRng(8);
  const rows = texts.map((text) =>
    toRow(
      text,
      `We looked into this and your claim was ${rng.next() < 0.5 ? 'approved' : 'declined'} by our team.`,
    ),
  );
  expect((await wordingsOf(rows)).sort()).toEqual([
    'We looked into this and your claim was approved by our team.',
    'We looked into this and your claim was declined by our team.',
  ]);
});
