import { describe, expect, test, vi } from 'vitest';
import { sha256 } from '../../src/main/lib/hash.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { structuredStudents } from '../../src/main/train/structured/index.ts';
import type {
  Parse,
  StructuredParts,
  StructuredRow,
} from '../../src/main/train/structured/structured-student.ts';
import { canonicalJson } from '../../src/shared/domain/json.ts';
import { once } from '../helpers/once.ts';
import { smallFormSet, smallPlan } from '../helpers/small-form-set.ts';

// An encoder is fine-tuned several times.
vi.setConfig({ testTimeout: 600_000 });
const set = smallFormSet(180);
const fresh = smallFormSet(90, 99).rows;
const inputs = fresh.map(({ input }) => input);
const options = { seed: 5, threads: 1 };

describe.each(structuredStudents)('structured student $id', (student) => {
  const learned = once(() => student.train(set, options, unwatched));

  test('learns, and its exported models read as the trained one does', async () => {
    const trained = await learned();
    const own = await trained.parse(inputs, unwatched);
    expect(own.filter((parse, i) => isRight(parse, fresh[i]!)).length).toBeGreaterThan(75);
    for (const parse of own) assertSound(parse);

    const parts = trained.export();
    const load = (variant: 'full' | 'int8', byRuntime = false) =>
      student.load(reader(parts), {
        threads: 1,
        variant,
        byRuntime,
        plan: smallPlan,
        // As it comes back from a file.
        decoder: JSON.parse(JSON.stringify(parts.decoder)),
      });
    const full = await load('full');
    const ran = await full.parse(inputs, unwatched);
    const runtime = await load('full', true);
    const ranByRuntime = await runtime.parse(inputs, unwatched);
    await runtime.close();
    ran.forEach((parse, i) => {
      expect(spell(parse)).toBe(spell(own[i]!));
      expect(largestDifference(parse, own[i]!)).toBeLessThan(1e-4);
      expect(parse.unseenShare).toBe(own[i]!.unseenShare);
      expect(spell(ranByRuntime[i]!)).toBe(spell(parse));
      expect(largestDifference(ranByRuntime[i]!, parse)).toBeLessThan(1e-5);
    });
    // One at a time as all at once.
    const alone = await full.parse([inputs[0]!], unwatched);
    expect(largestDifference(alone[0]!, ran[0]!)).toBeLessThan(1e-5);
    expect(await full.parse([], unwatched)).toEqual([]);
    await full.close();

    const int8 = await load('int8');
    const rounded = await int8.parse(inputs, unwatched);
    expect(rounded.filter((parse, i) => spell(parse) === spell(own[i]!)).length).toBeGreaterThan(
      85,
    );
    await int8.close();
  });

  test('the same seed gives the same bytes, another seed others', async () => {
    const few = smallFormSet(60);
    const sumOf = async (seed: number) => {
      const parts = (await student.train(few, { ...options, seed }, unwatched)).export();
      return sha256(`${sha256(parts.files['model.onnx']!)} ${canonicalJson(parts.decoder)}`);
    };
    const first = await sumOf(5);
    expect(await sumOf(5)).toBe(first);
    expect(await sumOf(6)).not.toBe(first);
  });

  test('texts without words, of foreign words and of many words are read', async () => {
    const trained = await learned();
    const strange = ['', ' \n', '!', '東京 😀 \ud800', 'please order a lamp '.repeat(200)];
    const texts = strange.map((text) => ({ text }));
    const own = await trained.parse(texts, unwatched);
    for (const parse of own) assertSound(parse);
    const parts = trained.export();
    const { decoder } = parts;
    const loaded = await student.load(reader(parts), {
      threads: 1,
      variant: 'full',
      plan: smallPlan,
      decoder,
    });
    const ran = await loaded.parse(texts, unwatched);
    expect(ran.map(spell)).toEqual(own.map(spell));
    await loaded.close();
  });

  test('a row whose values were not found teaches its frame, and no tags', async () => {
    const isVisit = (row: StructuredRow) => row.frame === 1;
    const countCities = async (isTagged: boolean) => {
      // Of four visits three have lost their values.
      const rows = set.rows.map((row, i) =>
        isVisit(row) && i % 4 !== 0 ? { ...row, spans: [], isTagged } : row,
      );
      const own = await (await student.train({ ...set, rows }, options, unwatched)).parse(
        inputs,
        unwatched,
      );
      const visits = own.filter((_, i) => isVisit(fresh[i]!));
      expect(visits.filter(({ frame }) => frame === 1).length).toBeGreaterThan(25);
      // The frame needs a city, so there is one in any case; what counts is whether it is believed.
      const isCity = ({ slot, probability }: Parse['spans'][number]) =>
        slot === 1 && probability > 0.5;
      return visits.filter(({ spans }) => spans.some(isCity)).length;
    };
    expect(await countCities(false)).toBeGreaterThan(24);
    expect(await countCities(true)).toBeLessThan(20);
  });

  test('weights count: a row of weight 0 is as good as absent', async () => {
    const swapped = set.rows.map((row) => ({
      ...row,
      frame: 2,
      spans: [],
      choices: [],
      weight: 0,
    }));
    const trained = await student.train(
      { ...set, rows: [...set.rows, ...swapped] },
      options,
      unwatched,
    );
    const own = await trained.parse(inputs, unwatched);
    expect(own.filter((parse, i) => isRight(parse, fresh[i]!)).length).toBeGreaterThan(75);
    // The same rows at full weight do harm.
    const harmed = await student.train(
      { ...set, rows: [...set.rows, ...swapped.map((row) => ({ ...row, weight: 3 }))] },
      options,
      unwatched,
    );
    const bad = await harmed.parse(inputs, unwatched);
    expect(bad.filter((parse, i) => isRight(parse, fresh[i]!)).length).toBeLessThan(60);
  });

  test('it can be cancelled', async () => {
    const controller = new AbortController();
    const cut = student.train(set, options, {
      signal: controller.signal,
      report: () => controller.abort(),
    });
    await expect(cut).rejects.toThrow(/Cancelled/);
  });

  test('a folder of another form is refused', async () => {
    const parts = (await learned()).export();
    const [first, ...rest] = smallPlan.slots;
    const plan = { ...smallPlan, slots: [{ mode: 'unlearnable' } as const, ...rest] };
    expect(first!.mode).toBe('span');
    await expect(
      student.load(reader(parts), { threads: 1, variant: 'full', plan, decoder: parts.decoder }),
    ).rejects.toMatchObject({ code: 'student.malformed' });
    await expect(
      student.load(reader(parts), { threads: 1, variant: 'full', plan: smallPlan, decoder: {} }),
    ).rejects.toMatchObject({ code: 'student.malformed' });
  });
});

const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
const bySlot = (a: { slot: number }, b: { slot: number }) => a.slot - b.slot;

/** What a parse says, without how sure it is. */
function spell({
  frame,
  spans,
  choices,
}: Pick<Parse, 'frame'> & Pick<StructuredRow, 'spans' | 'choices'>) {
  return JSON.stringify({
    frame,
    spans: [...spans].sort(byPlace).map(({ slot, start, end }) => [slot, start, end]),
    choices: [...choices].sort(bySlot).map(({ slot, chosen }) => [slot, chosen]),
  });
}

const isRight = (parse: Parse, row: StructuredRow) => spell(parse) === spell(row);

/** Values belong to the frame, in order and apart; probabilities are some. */
function assertSound(parse: Parse): void {
  const { frame, spans, choices } = parse;
  const own = smallPlan.form.frames[frame]?.slots ?? [];
  for (const { slot } of [...spans, ...choices]) expect(own).toContain(slot);
  for (const { slot } of spans) expect(smallPlan.slots[slot]!.mode).toBe('span');
  spans.forEach(({ start, end }, i) => {
    expect(end).toBeGreaterThan(start);
    if (i > 0) expect(start).toBeGreaterThanOrEqual(spans[i - 1]!.end);
  });
  const chosen = own.filter((slot) => smallPlan.slots[slot]!.mode.startsWith('choice'));
  expect(choices.map(({ slot }) => slot)).toEqual(chosen);
  for (const p of probabilitiesOf(parse)) {
    expect(p).toBeGreaterThanOrEqual(0);
    expect(p).toBeLessThanOrEqual(1);
  }
}

function probabilitiesOf({ frameProbability, pathProbability, spans, choices }: Parse): number[] {
  return [
    frameProbability,
    pathProbability,
    ...[...spans, ...choices].map((part) => part.probability),
  ];
}

function largestDifference(a: Parse, b: Parse): number {
  const others = probabilitiesOf(b);
  return Math.max(...probabilitiesOf(a).map((p, i) => Math.abs(p - others[i]!)));
}

function reader({ files }: StructuredParts) {
  return (path: string) => new Uint8Array(Buffer.from(files[path]!));
}
