import { createRng } from '../../src/main/lib/rng.ts';
import type { Assembly } from '../../src/main/train/structured/assemble.ts';
import type {
  FormPlan,
  Parse,
  SlotPlan,
} from '../../src/main/train/structured/structured-student.ts';
import { alignRows } from '../../src/main/values/align/align-rows.ts';
import type { Form, Slot } from '../../src/shared/domain/form/form.ts';
import { emptyForms } from '../../src/shared/domain/form/put-together.ts';

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

/** How a student of a form that learnt from nothing would make outputs; slots at random not learnt at all. */
export function randomAssembly(form: Form, seed: number): Assembly {
  const rng = createRng(seed);
  const plan: FormPlan = { form, slots: form.slots.map((slot) => planSlot(slot, rng.next())) };
  const empty = form.slots.map(({ isNullable, isList, limits }) => {
    const mayBeShort = isList && (limits?.minItems ?? 0) === 0;
    const own = emptyForms.filter(
      (one) => one === 'omit' || (one === 'null' ? isNullable : mayBeShort),
    );
    return own[rng.integer(own.length)]!;
  });
  const { normaliser } = alignRows([], form);
  return { plan, empty, normaliser, confidence: { intercept: 0.2, weights: { product: 1 } } };
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
