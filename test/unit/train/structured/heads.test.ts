import { describe, expect, test } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import {
  type Case,
  fitCalibration,
  UNCALIBRATED,
} from '../../../../src/main/train/structured/crf/heads/calibration.ts';
import { planHeads } from '../../../../src/main/train/structured/crf/heads/heads.ts';
import {
  createMentionReader,
  listAnswerNames,
} from '../../../../src/main/train/structured/crf/heads/mentions.ts';
import { readHead } from '../../../../src/main/train/structured/crf/heads/read-heads.ts';
import { tagChoices } from '../../../../src/main/train/structured/crf/mentioned-choices.ts';
import { tagRows } from '../../../../src/main/train/structured/crf/tag-rows.ts';
import { createTagSet, toTags } from '../../../../src/main/train/structured/crf/tags.ts';
import type {
  FormPlan,
  StructuredRow,
} from '../../../../src/main/train/structured/structured-student.ts';
import { splitWords } from '../../../../src/main/train/structured/words/words.ts';

const base = { isList: false, isNullable: false, description: '' };
const numbers = ['1', '2', '20'];
const plan: FormPlan = {
  form: {
    slots: [
      { ...base, path: ['city'], name: 'city', type: 'string', choices: [] },
      { ...base, path: ['beds'], name: 'beds', type: 'enum', choices: numbers },
      { ...base, path: ['baths'], name: 'baths', type: 'enum', choices: numbers },
      { ...base, path: ['kind'], name: 'kind', type: 'enum', choices: ['Family_Home', 'flat'] },
      { ...base, path: ['pets'], name: 'pets', type: 'boolean', choices: [] },
    ],
    frames: [{ name: '', description: '', slots: [0, 1, 2, 3, 4], required: [], objects: [] }],
    hasNone: false,
  },
  slots: [
    { mode: 'span' },
    { mode: 'choice', choices: numbers },
    { mode: 'choice', choices: numbers },
    { mode: 'choice', choices: ['Family_Home', 'flat'] },
    { mode: 'choice', choices: [false, true] },
  ],
};
const heads = planHeads(plan);
const readMentions = createMentionReader(listAnswerNames(plan, heads));
const column = (slot: number, choice: number) =>
  heads.find((head) => head.slot === slot)!.from + choice;
const tagSet = createTagSet(plan, () => true);

test('the columns of the heads follow each other', () => {
  expect(heads.map(({ slot, from, size }) => [slot, from, size])).toEqual([
    [-1, 0, 1],
    [1, 1, 4],
    [2, 5, 4],
    [3, 9, 3],
    [4, 12, 3],
  ]);
});

describe('names of choices', () => {
  const mentions = readMentions(splitWords('Two flats, twenty-2, a family-home; home'));
  test('numbers are known as words, words in the plural, signs do not count', () => {
    expect(mentions[column(1, 1)]!.places).toEqual([
      { from: 5, to: 6 },
      { from: 0, to: 1 },
    ]);
    expect(mentions[column(1, 2)]!.places).toEqual([{ from: 3, to: 4 }]);
    expect(mentions[column(3, 1)]!.places).toEqual([{ from: 1, to: 2 }]);
    expect(mentions[column(3, 0)]!.places).toEqual([{ from: 8, to: 11 }]);
  });
  test('a part of a name is a share of it', () => {
    const [half] = readMentions(splitWords('our home')).slice(column(3, 0));
    expect(half).toEqual({ places: [], share: 0.5 });
  });
  test('yes, no and absent have none', () => {
    const all = readMentions(splitWords('true false yes no absent'));
    for (let i = column(4, 0); i < all.length; i++) expect(all[i]!.share).toBe(0);
  });
});

describe('places of choices in training texts', () => {
  const tag = (
    text: string,
    choices: StructuredRow['choices'],
    spans: StructuredRow['spans'] = [],
  ) => {
    const words = splitWords(text);
    const row = { input: { text }, frame: 0, spans, isTagged: true, choices, weight: 1 };
    const tags = tagChoices(
      toTags(tagSet, 0, words, spans)!,
      { row, mentions: readMentions(words) },
      heads,
      tagSet,
      new Set(tagSet.slots.keys()),
    );
    return tags && [...tags];
  };
  const all = (beds: readonly number[], baths: readonly number[]) => [
    { slot: 1, chosen: beds },
    { slot: 2, chosen: baths },
    { slot: 3, chosen: [] },
    { slot: 4, chosen: [] },
  ];
  test('are tagged where only one is meant', () => {
    expect(tag('two beds and 20 baths', all([1], [2]))).toEqual([3, 0, 0, 5, 0]);
    expect(tag('some beds', all([1], []))).toEqual([0, 0]);
    expect(tag('2 beds in 20', all([1], []), [{ slot: 0, start: 10, end: 12 }])).toEqual([
      3, 0, 0, 1,
    ]);
  });
  test('are left alone where it is not clear, and the row with them', () => {
    expect(tag('2 beds and 2 chairs', all([1], []))).toBeUndefined();
    expect(tag('2 beds and baths', all([1], [1]))).toBeUndefined();
    // Nothing is known of the baths, and "2" may be theirs.
    expect(
      tag(
        '2 baths',
        all([], []).filter(({ slot }) => slot !== 2),
      ),
    ).toBeUndefined();
  });
});

describe('calibration', () => {
  /** The right answer is the one of three with the highest score plus noise, unless its name stands in the text. */
  const makeCases = (count: number, seed: number): Case[] => {
    const rng = createRng(seed);
    return Array.from({ length: count }, () => {
      const scores = [0, 1, 2].map(() => rng.normal());
      const named = rng.next() < 0.5 ? rng.integer(3) : -1;
      const noisy = scores.map((score, c) => score + rng.normal() + (c === named ? 6 : 0));
      const facts = scores.flatMap((score, c) => [score, 0, c === named ? 1 : 0, c === 2 ? 1 : 0]);
      return { facts: Float64Array.from(facts), target: noisy.indexOf(Math.max(...noisy)) };
    });
  };
  const loss = (weights: readonly number[], cases: readonly Case[]) => {
    const each = cases.map(({ facts, target }) => {
      const z = [0, 1, 2].map((c) => weights.reduce((sum, w, i) => sum + w * facts[c * 4 + i]!, 0));
      return Math.log(z.reduce((sum, one) => sum + Math.exp(one), 0)) - z[target]!;
    });
    return each.reduce((sum, one) => sum + one, 0) / each.length;
  };

  test('finds what counts, and is better on new cases', () => {
    const weights = fitCalibration(makeCases(600, 1), UNCALIBRATED, 0.1);
    const fresh = makeCases(600, 2);
    expect(weights[2]!).toBeGreaterThan(2);
    expect(Math.abs(weights[1]!)).toBeLessThan(1e-6);
    expect(loss(weights, fresh)).toBeLessThan(loss(UNCALIBRATED, fresh) - 0.1);
    // No step away from the optimum is better on the cases themselves, but for the spread target and the start.
    const own = makeCases(600, 1);
    for (const [i, step] of [
      [0, 0.1],
      [0, -0.1],
      [2, 0.3],
      [2, -0.3],
      [3, 0.2],
      [3, -0.2],
    ] as const) {
      const moved = weights.map((w, j) => (j === i ? w + step : w));
      expect(loss(moved, own)).toBeGreaterThan(loss(weights, own) - 1e-3);
    }
  });

  test('without cases stays where it starts, with few near it', () => {
    expect(fitCalibration([], UNCALIBRATED, 1)).toEqual(UNCALIBRATED);
    const near = fitCalibration(makeCases(3, 3), UNCALIBRATED, 100);
    near.forEach((weight, i) => {
      expect(Math.abs(weight - UNCALIBRATED[i]!)).toBeLessThan(0.1);
    });
  });
});

describe('what must have a value', () => {
  const read = (mode: 'one' | 'many', scores: readonly number[], fewest: number) => {
    const nothing = scores.map(() => ({ places: [], share: 0 }));
    const facts = {
      scores: Float32Array.from(scores),
      mentions: nothing,
      named: new Float32Array(scores.length),
    };
    const head = { slot: 1, mode, from: 0, size: scores.length };
    return readHead(head, UNCALIBRATED, facts, fewest);
  };

  test('is never absent, and as sure as it would be otherwise', () => {
    const scores = [0, 2, 1, 5];
    const free = read('one', scores, 0);
    expect(free.chosen).toEqual([]);
    const forced = read('one', scores, 1);
    expect(forced.chosen).toEqual([1]);
    expect(forced.probability).toBeLessThan(0.5);
    // p(1) / p(absent) is the same whoever asks.
    const scale = UNCALIBRATED[0]!;
    expect(Math.log(free.probability / forced.probability)).toBeCloseTo(3 * scale, 5);
    // Where a choice is likelier than "absent" anyway, nothing changes.
    expect(read('one', [0, 7, 1, 5], 1)).toEqual(read('one', [0, 7, 1, 5], 0));
  });

  test('of a list has as many as the schema wants', () => {
    expect(read('many', [-9, -2, -5], 0).chosen).toEqual([]);
    const { chosen, probability } = read('many', [-9, -2, -5], 2);
    expect(chosen).toEqual([1, 2]);
    expect(probability).toBeLessThan(0.01);
    expect(read('many', [9, 8, -5], 1)).toEqual(read('many', [9, 8, -5], 0));
  });
});

test('a slot whose choices are rarely clear does not cost the others their rows', () => {
  const toRow = (text: string, beds: number) => {
    const words = splitWords(text);
    const start = text.length - 3;
    const row: StructuredRow = {
      input: { text },
      frame: 0,
      spans: [{ slot: 0, start, end: text.length }],
      isTagged: true,
      choices: [1, 2, 3, 4].map((slot) => ({ slot, chosen: slot === 1 ? [beds] : [] })),
      weight: 1,
    };
    return { row, words, mentions: readMentions(words) };
  };
  const clear = toRow('2 beds for Ann', 1);
  const unclear = toRow('2 beds and 2 chairs for Ann', 1);
  const tags = (rows: readonly ReturnType<typeof toRow>[]) =>
    tagRows(rows, heads, tagSet).map((found) => found && [...found]);
  expect(tags([clear, clear, unclear])).toEqual([[3, 0, 0, 1], [3, 0, 0, 1], undefined]);
  expect(tags([clear, unclear, unclear])).toEqual([
    [0, 0, 0, 1],
    [0, 0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0, 0, 1],
  ]);
});
