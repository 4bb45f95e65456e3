import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOutputValidator } from '../../src/main/lib/output-validity.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { structuredStudents } from '../../src/main/train/structured/index.ts';
import { compileForm } from '../../src/shared/domain/form/compile-form.ts';
import { putTogether } from '../../src/shared/domain/form/put-together.ts';
import { takeApart } from '../../src/shared/domain/form/take-apart.ts';
import { canonicalJson, type Json } from '../../src/shared/domain/json.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Row } from './row.ts';
import { loadSgd } from './structured/sgd.ts';

interface Case {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools: unknown;
  /** Calls with the values that are accepted for each argument; none where nothing must be called. */
  readonly answers: readonly Readonly<Record<string, Readonly<Record<string, readonly Json[]>>>>[];
}

const parts = [
  'simple_python',
  'multiple',
  'live_simple',
  'live_multiple',
  'live_relevance',
  'irrelevance',
  'live_irrelevance',
];
const mustNotCall = ['irrelevance', 'live_irrelevance'];

/**
 * Tool definitions as people write them, and requests that must call nothing (Berkeley Function-Calling Leaderboard,
 * in the folder STILLROOM_DATA). Its sets are too many and too small to train on: what is measured is whether each is
 * accepted or refused with its place, whether its expected calls fit the form that was compiled, and how often a
 * student of other functions (SGD's) calls one of its own on requests that suit none.
 */
export default {
  id: 'tool-schemas',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    if (data === undefined || !existsSync(data)) {
      console.error(
        'tool-schemas: set STILLROOM_DATA to a folder with bfcl, sgd_tools_dev, clinc150.',
      );
      return [];
    }
    const read = (part: string) =>
      readFileSync(join(data, `bfcl/${part}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Case);
    const cases = parts.flatMap(read);
    return [...compileAll(cases), ...(await askForNothing(data, mustNotCall.flatMap(read)))];
  },
};

function compileAll(cases: readonly Case[]): Row[] {
  let accepted = 0;
  let refusedWithReason = 0;
  let expected = 0;
  let fitting = 0;
  for (const { tools, answers } of cases) {
    try {
      const task = parseTask({ name: 'bench', kind: 'tools', tools });
      const form = compileForm(task);
      accepted++;
      const omitted = form.slots.map(() => 'omit' as const);
      const problemsOf = createOutputValidator(task);
      for (const call of answers.flatMap(toCall)) {
        expected++;
        const filled = takeApart(form, call);
        const again = filled && putTogether(form, filled, omitted);
        if (problemsOf(call).length === 0 && canonicalJson(again ?? null) === canonicalJson(call))
          fitting++;
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'task.invalid' && error.message.length > 0) refusedWithReason++;
    }
  }
  return [
    { name: `tool sets accepted, of ${cases.length}`, value: accepted, unit: '' },
    {
      name: 'tool sets refused with a reason',
      value: refusedWithReason,
      unit: '',
      target: `${cases.length - accepted}`,
    },
    { name: `expected calls that the form gives back, of ${expected}`, value: fitting, unit: '' },
  ];
}

type Accepted = Readonly<Record<string, readonly Json[]>>;

/** An expected call with the first value that is accepted of each argument; "" stands for one that may be left out. */
function toCall(answer: Case['answers'][number]): Json[] {
  return Object.entries(answer).map(([name, given]) => ({ name, arguments: takeFirst(given) }));
}

function takeFirst(given: Accepted): Json {
  const found = Object.entries(given).flatMap(([key, [value]]) =>
    value === undefined || value === ''
      ? []
      : [[key, isAccepted(value) ? takeFirst(value) : value]],
  );
  return Object.fromEntries(found) as Json;
}

/** Whether a value is an object whose fields list what is accepted, too. */
function isAccepted(value: Json): value is Accepted {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(Array.isArray)
  );
}

/** Requests for other tools than those that a student knows: whatever it calls is a false call. */
async function askForNothing(data: string, cases: readonly Case[]): Promise<Row[]> {
  const { plan, train } = loadSgd(data, 1);
  const inputs = cases.map(({ messages }) => ({
    text: messages.findLast(({ role }) => role === 'user')!.content,
  }));
  const rows: Row[] = [];
  for (const student of structuredStudents) {
    if (!(process.env.STILLROOM_STUDENTS ?? 'crf').split(',').includes(student.id)) continue;
    const trained = await student.train({ plan, rows: train }, { seed: 1, threads: 1 }, unwatched);
    const parses = await trained.parse(inputs, unwatched);
    const none = plan.form.frames.length;
    const called = parses.filter(({ frame }) => frame !== none);
    const percent = (count: number) => (100 * count) / parses.length;
    rows.push(
      {
        name: `${student.id} on SGD: ${parses.length} foreign requests, no call`,
        value: percent(parses.length - called.length),
        unit: '%',
      },
      {
        name: `${student.id} on SGD: the same, calls that it was sure of (p > .9)`,
        value: percent(called.filter(({ frameProbability }) => frameProbability > 0.9).length),
        unit: '%',
      },
    );
  }
  return rows;
}
