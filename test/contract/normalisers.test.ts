import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { createRng } from '../../src/main/lib/rng.ts';
import { createNormaliser } from '../../src/main/values/normaliser/normaliser.ts';
import type { NormaliserSpec, SlotNormaliser } from '../../src/main/values/normaliser/spec.ts';
import { tables } from '../../src/main/values/tables/tables.ts';
import { makeForm } from '../helpers/make-form.ts';

/** Three programs read the same spec: this one, and those that go into each student's folder. All must agree. */
type Case = readonly [slot: number, surface: string, referenceDate: string | null, result: unknown];

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/values/normalise.json', import.meta.url), 'utf8'),
) as { readonly slots: readonly SlotNormaliser[]; readonly cases: readonly Case[] };
// As a student's folder has it: written out and read again.
const spec = JSON.parse(
  JSON.stringify({ version: 1, tables, slots: fixture.slots }),
) as NormaliserSpec;
const run = new URL('../../src/main/train/structured/run/', import.meta.url);

type Outside = (slot: number, surface: string, referenceDate?: string) => unknown;
const { createNormaliser: createOutside } = (await import(new URL('normalise.mjs', run).href)) as {
  createNormaliser: (spec: NormaliserSpec) => Outside;
};

const inside = createNormaliser(spec, makeForm(fixture.slots.map(({ name }) => ({ name }))));
const outside = createOutside(spec);

type Asked = readonly [slot: number, surface: string, referenceDate: string | null];

/** Python's answers, asked for all at once. */
function askPython(asked: readonly Asked[]): unknown[] {
  const program = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from normalise import create_normaliser
given = json.load(sys.stdin)
normalise = create_normaliser(given["spec"])
print(json.dumps([normalise(*asked) for asked in given["asked"]]))`;
  const answer = execFileSync('python3', ['-c', program, run.pathname], {
    input: JSON.stringify({ spec, asked }),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return JSON.parse(answer) as unknown[];
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 8)']);
    return true;
  } catch {
    return false;
  }
}

const askInside = ([slot, surface, referenceDate]: Asked) =>
  inside(slot, surface, referenceDate === null ? {} : { referenceDate });
const askOutside = ([slot, surface, referenceDate]: Asked) =>
  outside(slot, surface, referenceDate ?? undefined);

/** Surfaces put together from pieces that readers know, and some that they do not. */
function scramble(count: number): Asked[] {
  const rng = createRng(5);
  const words = [tables.months, tables.weekdays, tables.numbers, tables.ordinals, tables.units]
    .concat(tables.multipliers, tables.dayParts, tables.relativeDays as never, tables.hours)
    .flatMap((table) => Object.keys(table));
  const pieces = "the of in at to a and past half quarter ago next last this week weeks . , : / - '"
    .split(' ')
    .concat(
      '1 2 5 08 12 30 31 2019 99 1,200 2.5 5pm 3rd 17:30 3/8 k m ½ É ß 🎈 \ud800 am p.m. from now'.split(
        ' ',
      ),
    );
  const pick = <T>(list: readonly T[]) => list[rng.integer(list.length)]!;
  const dates = [null, '2019-03-01', '2024-02-29', '2026-12-31', '9999-12-31', '1000-01-01'];
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: 1 + rng.integer(6) }, () =>
      rng.next() < 0.5 ? pick(words) : pick(pieces),
    );
    const surface = parts.reduce((text, part) => text + (rng.next() < 0.8 ? ' ' : '') + part);
    return [rng.integer(fixture.slots.length), surface, pick(dates)];
  });
}

describe('each of a table of cases', () => {
  it.each(fixture.cases)('%i %j (%s)', (...[slot, surface, referenceDate, result]: Case) => {
    expect(askInside([slot, surface, referenceDate])).toStrictEqual(result);
    expect(askOutside([slot, surface, referenceDate])).toStrictEqual(result);
  });

  it('uses every slot of the table', () => {
    expect(new Set(fixture.cases.map(([slot]) => slot)).size).toBe(fixture.slots.length);
  });
});

const scrambled = scramble(6_000);

test('the program of JavaScript agrees on scrambled surfaces', () => {
  const answers = scrambled.map((asked) => [asked, askInside(asked)]);
  expect(scrambled.map((asked) => [asked, askOutside(asked)])).toEqual(answers);
  // Of which a good part can be read: two readers that read nothing would agree, too.
  const readCount = answers.filter(([, answer]) => 'value' in (answer as object)).length;
  expect(readCount).toBeGreaterThan(1_000);
});

describe.skipIf(!hasPython())(
  'the program of Python (left out where python3 3.8 is missing)',
  () => {
    test('gives the results of the table', () => {
      const asked = fixture.cases.map(([slot, surface, date]): Asked => [slot, surface, date]);
      const results = fixture.cases.map(([, , , result]) => result);
      const pairs = (answers: readonly unknown[]) => asked.map((one, i) => [one, answers[i]]);
      expect(pairs(askPython(asked))).toEqual(pairs(results));
    });

    test('agrees on scrambled surfaces', () => {
      const answers = askPython(scrambled);
      expect(scrambled.map((asked, i) => [asked, answers[i]])).toEqual(
        scrambled.map((asked) => [asked, askInside(asked)]),
      );
    });
  },
);
