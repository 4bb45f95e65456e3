import { createRng } from '../../../src/main/lib/rng.ts';
import type {
  FormPlan,
  SlotPlan,
  StructuredRow,
} from '../../../src/main/train/structured/structured-student.ts';
import type { Slot } from '../../../src/shared/domain/form/form.ts';
import { readRows, type Splits } from './read-rows.ts';

interface Service {
  readonly service: string;
  readonly functions: readonly {
    readonly name: string;
    readonly required: readonly string[];
    readonly optional: readonly string[];
  }[];
  readonly slots: readonly {
    readonly name: string;
    readonly categorical: boolean;
    readonly values: readonly string[];
  }[];
}

interface Call {
  readonly text: string;
  readonly service: string;
  readonly function: string;
  readonly span_args: Readonly<Record<string, string>>;
  readonly cat_args: Readonly<Record<string, string>>;
  readonly first_turn: boolean;
}

/** These offer what others offer, in words that cannot be told apart. */
const TWINS = new Set(['Hotels_4', 'Movies_2']);
const ANY = 'dontcare';

/**
 * Schema-guided dialogue: the functions of all services, and "no call" for what is outside of CLINC150. Only the first
 * turns of dialogues are tested on, as only they have categorical arguments; further turns teach function and values.
 */
export function loadSgd(data: string, seed: number): { readonly plan: FormPlan } & Splits {
  const services = readRows<Service>(data, 'sgd_tools_dev/schema.jsonl').filter(
    ({ service }) => !TWINS.has(service),
  );
  const calls = readRows<Call>(data, 'sgd_tools_dev/calls.jsonl').filter(
    ({ service }) => !TWINS.has(service),
  );
  const slots: (Slot & { readonly plan: SlotPlan })[] = [];
  const find = (service: Service, name: string): number => {
    const own = service.slots.find((slot) => slot.name === name)!; // the schema names its arguments
    const choices = own.categorical ? [...own.values, ANY] : [];
    const key = JSON.stringify([name, choices]);
    const known = slots.findIndex((slot) => slot.name === key);
    if (known >= 0) return known;
    const plan: SlotPlan = own.categorical ? { mode: 'choice', choices } : { mode: 'span' };
    const type = own.categorical ? 'enum' : 'string';
    const shape = { isList: false, isNullable: false, description: '' };
    return slots.push({ path: [name], name: key, type, choices, plan, ...shape }) - 1;
  };
  const frames = services.flatMap((service) =>
    service.functions.map(({ name, required, optional }) => ({
      name: `${service.service}.${name}`,
      description: '',
      slots: [...required, ...optional].map((slot) => find(service, slot)),
      // A first turn seldom gives all that a function requires, so nothing here may be forced out of it.
      required: [],
      objects: [],
    })),
  );

  const toRow = (call: Call): StructuredRow => {
    const frame = frames.findIndex(({ name }) => name === `${call.service}.${call.function}`);
    const own = frames[frame]!.slots;
    const slotOf = (name: string) => own.find((slot) => slots[slot]!.path[0] === name)!;
    return {
      input: { text: call.text },
      frame,
      spans: Object.entries(call.span_args)
        .map(([name, value]) => {
          const start = call.text.indexOf(value);
          return { slot: slotOf(name), start, end: start + value.length };
        })
        .sort((a, b) => a.start - b.start),
      isTagged: true,
      choices: call.first_turn
        ? own.flatMap((slot) => {
            const { path, choices, plan } = slots[slot]!;
            if (plan.mode !== 'choice') return [];
            const value = call.cat_args[path[0]!];
            return [{ slot, chosen: value === undefined ? [] : [choices.indexOf(value)] }];
          })
        : [],
      weight: 1,
    };
  };
  const toNone = ({ text }: { readonly text: string }): StructuredRow => ({
    input: { text },
    frame: frames.length,
    spans: [],
    isTagged: true,
    choices: [],
    weight: 1,
  });

  const rng = createRng(seed);
  const first = rng.shuffle(calls.filter((call) => call.first_turn)).map(toRow);
  const further = calls.filter((call) => !call.first_turn).map(toRow);
  const outside = ['train', 'val', 'test'].flatMap((split) =>
    readRows<{ readonly text: string }>(data, `clinc150/oos_${split}.jsonl`),
  );
  const none = rng.shuffle(outside).map(toNone);
  const deal = (rows: readonly StructuredRow[], from: number, to: number) =>
    rows.slice(Math.floor(rows.length * from), Math.floor(rows.length * to));
  return {
    plan: {
      form: { slots: slots.map(({ plan: _, ...slot }) => slot), frames, hasNone: true },
      slots: slots.map(({ plan }) => plan),
    },
    train: [...deal(first, 0, 0.7), ...deal(none, 0, 0.7), ...further],
    validation: [...deal(first, 0.7, 0.8), ...deal(none, 0.7, 0.8)],
    test: [...deal(first, 0.8, 1), ...deal(none, 0.8, 1)],
  };
}
