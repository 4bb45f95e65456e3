import { createRng } from '../../../src/main/lib/rng.ts';
import type {
  FormPlan,
  StructuredRow,
} from '../../../src/main/train/structured/structured-student.ts';
import { readRows, type Splits } from './read-rows.ts';

export interface SnipsRow {
  readonly text: string;
  readonly label: string;
  readonly slots: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
}

const VALIDATION_ROWS_PER_INTENT = 100;
const SPLIT_SEED = 4242;

/** SNIPS: seven intents as frames, each with the slots that it has anywhere. The file is sorted by intent. */
export function loadSnips(data: string): { readonly plan: FormPlan } & Splits {
  const given = readRows<SnipsRow>(data, 'snips/train.jsonl');
  const intents = [...new Set(given.map(({ label }) => label))].sort();
  const names = [...new Set(given.flatMap(({ slots }) => slots.map(({ name }) => name)))].sort();
  const slotsOf = (intent: string) => {
    const own = given.filter(({ label }) => label === intent);
    const found = own.flatMap(({ slots }) => slots.map(({ name }) => names.indexOf(name)));
    return [...new Set(found)].sort((a, b) => a - b);
  };
  const toRow = ({ text, label, slots }: SnipsRow): StructuredRow => ({
    input: { text },
    frame: intents.indexOf(label),
    spans: slots.map(({ name, start, end }) => ({ slot: names.indexOf(name), start, end })),
    isTagged: true,
    choices: [],
    weight: 1,
  });
  const train: StructuredRow[] = [];
  const validation: StructuredRow[] = [];
  const counts = new Int32Array(intents.length);
  for (const row of createRng(SPLIT_SEED).shuffle(given.map(toRow)))
    (counts[row.frame]!++ < VALIDATION_ROWS_PER_INTENT ? validation : train).push(row);
  return {
    plan: {
      form: {
        slots: names.map((name) => ({
          path: [name],
          name,
          type: 'string',
          isList: false,
          isNullable: false,
          choices: [],
          description: '',
        })),
        frames: intents.map((name) => ({
          name,
          description: '',
          slots: slotsOf(name),
          required: [],
          objects: [],
        })),
        hasNone: false,
      },
      slots: names.map(() => ({ mode: 'span' })),
    },
    train,
    validation,
    test: readRows<SnipsRow>(data, 'snips/test.jsonl').map(toRow),
  };
}
