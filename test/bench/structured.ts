import { existsSync } from 'node:fs';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { structuredStudents } from '../../src/main/train/structured/index.ts';
import type {
  FormPlan,
  StructuredRow,
  StructuredStudent,
} from '../../src/main/train/structured/structured-student.ts';
import type { Row } from './row.ts';
import type { Splits } from './structured/read-rows.ts';
import { scoreParses } from './structured/score.ts';
import { loadSgd } from './structured/sgd.ts';
import { loadSnips } from './structured/snips.ts';

type Measured = ReturnType<typeof scoreParses> & {
  readonly cpuSeconds: number;
  readonly msPerText: number;
};
type Targets = Readonly<Partial<Record<keyof Measured, string>>>;

const units: Readonly<Record<keyof Measured, string>> = {
  frame: '%',
  f1: '%',
  exact: '%',
  exactWithValues: '%',
  auroc: '',
  coverage: '',
  cpuSeconds: 's CPU',
  msPerText: 'ms CPU',
};

/** What the trials of issue 5 reached with so many rows of SNIPS, which is to be beaten. */
const curve: Readonly<Record<number, string>> = {
  250: '> 46',
  500: '> 61',
  1000: '> 70',
  2000: '> 78',
};
const snipsTargets: Readonly<Record<string, Targets>> = {
  crf: { f1: '>= 95.5', exact: '>= 89', cpuSeconds: '<= 30', msPerText: '<= 0.2' },
  tagger: { f1: '>= 96.5', exact: '>= 91.5', cpuSeconds: '<= 400', msPerText: '<= 3' },
};
const sgdTargets: Targets = { frame: '>= 97', f1: '>= 84', exactWithValues: '>= 68' };

/**
 * Students for outputs with fields, on published test sets: frame or function, values with exactly their ends, whole
 * outputs, and cost. In the environment: STILLROOM_DATA (folder), and if wanted STILLROOM_STUDENTS, STILLROOM_SETS
 * (snips, needed, curve, sgd), STILLROOM_SEEDS, and STILLROOM_PART=validation while choices are being made.
 */
export default {
  id: 'structured',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    if (data === undefined || !existsSync(data)) {
      console.error(
        'structured: set STILLROOM_DATA to a folder with snips, sgd_tools_dev, clinc150.',
      );
      return [];
    }
    const ids = process.env.STILLROOM_STUDENTS?.split(',') ?? ['crf'];
    const sets = process.env.STILLROOM_SETS?.split(',') ?? ['snips', 'needed', 'curve', 'sgd'];
    const rows: Row[] = [];
    for (const student of structuredStudents.filter(({ id }) => ids.includes(id))) {
      const snips = () => loadSnips(data);
      if (sets.includes('snips'))
        rows.push(
          ...(await measure(`${student.id}, SNIPS`, student, snips, snipsTargets[student.id]!)),
        );
      if (sets.includes('needed')) {
        const needed = () => needUsual(snips());
        rows.push(...(await measure(`${student.id}, SNIPS, needed`, student, needed, {})));
      }
      if (sets.includes('curve'))
        for (const [count, exact] of Object.entries(curve)) {
          const name = `${student.id}, SNIPS ${count} rows`;
          const few = (seed: number) => takeRows(snips(), Number(count), seed);
          const found = await measure(name, student, few, { exact });
          rows.push(...found.filter((row) => /exact:|cpu/.test(row.name)));
        }
      if (sets.includes('sgd')) {
        const sgd = (seed: number) => loadSgd(data, seed);
        rows.push(...(await measure(`${student.id}, SGD`, student, sgd, sgdTargets)));
      }
    }
    return rows;
  },
};

type Loaded = { readonly plan: FormPlan } & Splits;

/** A slot that so many training rows of a frame have is then required by it. */
const USUAL = 0.97;

/** The same form with a schema that requires what is usual: decoding has to find it. */
function needUsual(loaded: Loaded): Loaded {
  const { form, slots } = loaded.plan;
  const frames = form.frames.map((frame, index) => {
    const own = loaded.train.filter((row) => row.frame === index);
    const shareOf = (slot: number) =>
      own.filter(({ spans }) => spans.some((span) => span.slot === slot)).length / own.length;
    return { ...frame, required: frame.slots.filter((slot) => shareOf(slot) >= USUAL) };
  });
  return { ...loaded, plan: { slots, form: { ...form, frames } } };
}

function takeRows(loaded: Loaded, count: number, seed: number): Loaded {
  return {
    ...loaded,
    train: createRng(seed)
      .shuffle([...loaded.train])
      .slice(0, count),
  };
}

/** Mean and spread (standard deviation) over the seeds. */
async function measure(
  name: string,
  student: StructuredStudent,
  load: (seed: number) => Loaded,
  targets: Targets,
): Promise<Row[]> {
  const seeds = (process.env.STILLROOM_SEEDS ?? '1,2,3').split(',').map(Number);
  const runs: Measured[] = [];
  for (const seed of seeds) runs.push(await run(student, load(seed), seed));
  return (Object.keys(units) as (keyof Measured)[]).flatMap((key) => {
    const values = runs.map((one) => one[key]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const target = targets[key];
    return [
      {
        name: `${name} ${key}: mean of ${seeds.length}`,
        value: mean,
        unit: units[key],
        ...(target && { target }),
      },
      ...(values.length > 1
        ? [
            {
              name: `${name} ${key}: spread`,
              value: Math.sqrt(squares / (values.length - 1)),
              unit: units[key],
            },
          ]
        : []),
    ];
  });
}

async function run(
  student: StructuredStudent,
  { plan, ...splits }: Loaded,
  seed: number,
): Promise<Measured> {
  const part = process.env.STILLROOM_PART === 'validation' ? 'validation' : 'test';
  const start = process.cpuUsage();
  const trained = await student.train(
    { plan, rows: splits.train },
    { seed, threads: 1 },
    unwatched,
  );
  const cpuSeconds = secondsSince(start);
  const { files, decoder } = trained.export();
  const loaded = await student.load((path) => new Uint8Array(Buffer.from(files[path]!)), {
    threads: 1,
    variant: 'full',
    plan,
    decoder,
  });
  const asked: readonly StructuredRow[] = splits[part];
  const inputs = asked.map(({ input }) => input);
  const parses = await loaded.parse(inputs, unwatched);
  const startOne = process.cpuUsage();
  for (const input of inputs) await loaded.parse([input], unwatched);
  const msPerText = (secondsSince(startOne) * 1000) / inputs.length;
  await loaded.close();
  return { ...scoreParses(parses, asked), cpuSeconds, msPerText };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
