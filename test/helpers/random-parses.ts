import { createRng } from '../../src/main/lib/rng.ts';
import type { Assembly } from '../../src/main/train/structured/assemble.ts';
import type {
  FormPlan,
  Parse,
  SlotPlan,
} from '../../src/main/train/structured/structured-student.ts';
import { alignRows } from '../../src/main/values/align/align-rows.ts';
import { fold } from '../../src/main/values/text/fold.ts';
import { emptyForms } from '../../src/shared/domain/form/empty-form.ts';
import type { Form, Slot } from '../../src/shared/domain/form/form.ts';
import type { FindInTable } from '../../src/shared/domain/lookup.ts';

/** Stretches that are values of some slots, and of others not. */
const stretches = [
  ...['7', 'minus 3', '2.5', 'four hundred', 'AB-1234', 'abc', 'x', 'high', '2026-02-30'],
  ...['8 March 2026', 'tomorrow', '18:30', 'half past six', 'two words', 'me@example.com'],
  ...['10.0.0.1', 'https://example.com/a?b=c', '\u{1F355}', 'a longer stretch of words'],
];
export const stretchText = stretches.join(' ; ');
const places = stretches.map((stretch) => {
  const start = stretchText.indexOf(stretch);
  return { start, end: start + stretch.length };
});

function planSlot({ type, choices, isList }: Slot, die: number): SlotPlan {
  if (type === 'enum') return { mode: isList ? 'choices' : 'choice', choices };
  if (type === 'boolean') return { mode: isList ? 'choices' : 'choice', choices: [false, true] };
  return die < 0.2 ? { mode: 'unlearnable' } : { mode: 'span' };
}

/** A table that has some of what may be read, some of it twice. */
const factKeys = [...stretches, '-3', '400', '2026-03-08', '18:30', ' ABC '];
const facts = ['7', '2.5', 'true', 'high', 'abc', '2026-03-08', '18:30', 'AB-123', 'a@b.cd', '12'];
export const factRows = factKeys.flatMap((key, i) =>
  facts
    .filter((_, f) => f === i % facts.length || (i % 4 === 3 && f === (i + 1) % facts.length))
    .map((value) => [key, value] as const),
);
const find: FindInTable = (_, key) => [
  ...new Set(factRows.flatMap(([own, value]) => (fold(own) === key ? [value] : []))),
];

/**
 * How a student of a form that learnt from nothing would make outputs; some slots are not learnt at all, and some are
 * looked up by another that holds one value.
 */
export function randomAssembly(form: Form, seed: number): Assembly {
  const rng = createRng(seed);
  const learnt = form.slots.map((slot) => planSlot(slot, rng.next()));
  const keys = [...learnt.keys()].filter(
    (slot) => learnt[slot]!.mode === 'span' && !form.slots[slot]!.isList && rng.next() < 0.6,
  );
  const slots = learnt.map((own, slot): SlotPlan => {
    const by = keys[rng.integer(Math.max(1, keys.length))];
    const isLearnt = by === undefined || keys.includes(slot) || form.slots[slot]!.isList;
    return isLearnt || rng.next() < 0.4
      ? own
      : { mode: 'lookup', table: 'facts', by, keyColumn: 'key', valueColumn: 'a value' };
  });
  const plan: FormPlan = { form, slots };
  const empty = form.slots.map(({ isNullable, isList, limits }) => {
    const mayBeShort = isList && (limits?.minItems ?? 0) === 0;
    const own = emptyForms.filter(
      (one) => one === 'omit' || (one === 'null' ? isNullable : mayBeShort),
    );
    return own[rng.integer(own.length)]!;
  });
  const { normaliser } = alignRows([], form);
  return {
    plan,
    empty,
    normaliser,
    confidence: { intercept: 0.2, weights: { product: 1 } },
    find,
  };
}

/** Anything that a student may read in `stretchText`: nothing, too much, and what is no value of its slot. */
export function randomParse({ form, slots }: FormPlan, seed: number): Parse {
  const rng = createRng(seed);
  const frame = rng.integer(form.frames.length);
  const own = form.frames[frame]!.slots;
  const share = rng.next();
  return {
    frame,
    frameProbability: 0.9,
    spans: own
      .filter((slot) => slots[slot]!.mode === 'span')
      .flatMap((slot) =>
        Array.from({ length: rng.integer(4) }, () => ({
          slot,
          ...places[rng.integer(places.length)]!,
          probability: rng.next(),
        })).filter(() => rng.next() < share),
      ),
    pathProbability: 0.8,
    choices: own.flatMap((slot) => {
      const plan = slots[slot]!;
      if (plan.mode !== 'choice' && plan.mode !== 'choices') return [];
      const chosen = [...plan.choices.keys()].filter(() => rng.next() < share);
      return {
        slot,
        chosen: plan.mode === 'choice' ? chosen.slice(0, 1) : chosen,
        probability: 0.7,
      };
    }),
    unseenShare: 0.1,
  };
}
