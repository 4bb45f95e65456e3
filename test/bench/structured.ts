import { existsSync } from 'node:fs';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { structuredStudents } from '../../src/main/train/structured/index.ts';
import type {
  FormPlan,
  StructuredRow,
  StructuredStudent,
} from '../../src/main/train/structured/structured-student.ts';
import type { Variant } from '../../src/main/train/students/student.ts';
import type { Row } from './row.ts';
import { secondsSince } from './structured/cpu-time.ts';
import { overSeeds, type Units } from './structured/over-seeds.ts';
import type { Splits } from './structured/read-rows.ts';
import { scoreParses } from './structured/score.ts';
import { loadSgd } from './structured/sgd.ts';
import { loadSnips } from './structured/snips.ts';
import { measureTeacher } from './structured/teacher.ts';

type Figures = ReturnType<typeof scoreParses> & {
  readonly cpuSeconds: number;
  /** On average. */
  readonly msPerText: number;
  readonly clockMs: number;
};
/** Of a student whose int8 model is the quicker one, that, too. */
type Measured = Figures & Partial<Record<keyof typeof int8Units, number>>;
type Targets = Partial<Units<Measured>>;

const int8Units = {
  exactInInt8: '%',
  frameInInt8: '%',
  f1InInt8: '%',
  msPerTextInInt8: 'ms CPU',
  clockMsInInt8: 'ms, p50',
} as const;
const units: Units<Figures> = {
  frame: '%',
  f1: '%',
  exact: '%',
  exactWithValues: '%',
  auroc: '',
  coverage: '',
  cpuSeconds: 's CPU',
  msPerText: 'ms CPU',
  clockMs: 'ms, p50',
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
  tagger: { f1: '>= 96.5', exact: '>= 91.5', cpuSeconds: '<= 400', msPerTextInInt8: '<= 3' },
};
const sgdTargets: Targets = { frame: '>= 97', f1: '>= 84', exactWithValues: '>= 68' };
const teacherUnits = { exact: '%', curatingSeconds: 's CPU', trainingSeconds: 's CPU' } as const;

/**
 * Students for outputs with fields, on published test sets: frame or function, values with exactly their ends, whole
 * outputs, and cost. In the environment: STILLROOM_DATA (folder), and if wanted STILLROOM_STUDENTS, STILLROOM_SETS
 * (snips, needed, curve, sgd, teacher), STILLROOM_SEEDS, and STILLROOM_PART=validation while choices are being made.
 */
export default {
  id: 'structured',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    if (data === undefined || !existsSync(data)) {
      console.error(
        'structured: set STILLROOM_DATA to a folder with snips, teacher_snips_slots, sgd_tools_dev, clinc150.',
      );
      return [];
    }
    const ids = process.env.STILLROOM_STUDENTS?.split(',') ?? ['crf'];
    const sets = process.env.STILLROOM_SETS?.split(',') ?? [
      'snips',
      'needed',
      'curve',
      'teacher',
      'sgd',
    ];
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
      if (sets.includes('teacher')) {
        const name = `${student.id}, teacher_snips_slots`;
        const once = (seed: number) => measureTeacher(data, student, seed);
        rows.push(...(await overSeeds(name, once, teacherUnits, { exact: '>= 87' })));
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

async function measure(
  name: string,
  student: StructuredStudent,
  load: (seed: number) => Loaded,
  targets: Targets,
): Promise<Row[]> {
  const both = student.isQuickerInInt8 ? { ...units, ...int8Units } : units;
  return overSeeds(name, (seed) => run(student, load(seed), seed), both, targets);
}

async function run(
  student: StructuredStudent,
  { plan, ...splits }: Loaded,
  seed: number,
): Promise<Measured> {
  const part = process.env.STILLROOM_PART === 'validation' ? 'validation' : 'test';
  const start = process.cpuUsage();
  const set = { plan, rows: splits.train };
  const trained = await student.train(set, { seed, threads: 1 }, unwatched);
  const cpuSeconds = secondsSince(start);
  const { files, decoder } = trained.export();
  const asked: readonly StructuredRow[] = splits[part];

  /** The folder's model on all texts together, then on each alone. */
  const read = async (variant: Variant) => {
    const options = { threads: 1, variant, plan, decoder };
    const loaded = await student.load((path) => new Uint8Array(Buffer.from(files[path]!)), options);
    const parses = await loaded.parse(
      asked.map(({ input }) => input),
      unwatched,
    );
    const clockMs: number[] = [];
    const startOne = process.cpuUsage();
    for (const { input } of asked) {
      const startMs = performance.now();
      await loaded.parse([input], unwatched);
      clockMs.push(performance.now() - startMs);
    }
    const msPerText = (secondsSince(startOne) * 1000) / asked.length;
    await loaded.close();
    return { ...scoreParses(parses, asked), msPerText, clockMs: medianOf(clockMs) };
  };
  const full = await read('full');
  if (!student.isQuickerInInt8) return { ...full, cpuSeconds };
  const int8 = await read('int8');
  return {
    ...full,
    cpuSeconds,
    exactInInt8: int8.exact,
    frameInInt8: int8.frame,
    f1InInt8: int8.f1,
    msPerTextInInt8: int8.msPerText,
    clockMsInInt8: int8.clockMs,
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
