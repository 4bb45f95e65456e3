import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from '../../../src/main/app/curate-project.ts';
import { createProject, openProject, type Project } from '../../../src/main/app/project.ts';
import { openDoubts } from '../../../src/main/app/train-project.ts';
import { importFile } from '../../../src/main/collect/import-file.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { teachFromReplies } from '../../../src/main/teach/teach-from-replies.ts';
import { createAssembler } from '../../../src/main/train/structured/assemble.ts';
import { gatherRows } from '../../../src/main/train/structured/gather-rows.ts';
import { learnRows } from '../../../src/main/train/structured/learn.ts';
import type { StructuredStudent } from '../../../src/main/train/structured/structured-student.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import { canonicalJson } from '../../../src/shared/domain/json.ts';
import { parseTask, type Task } from '../../../src/shared/domain/task.ts';
import { secondsSince } from './cpu-time.ts';
import { readRows } from './read-rows.ts';
import type { SnipsRow } from './snips.ts';

interface Reply {
  readonly id: string;
  readonly text: string;
  readonly raw: string;
}

/**
 * SNIPS as an analyst has it: texts with a teacher's replies, some of them wrong, which are curated with no person in
 * between and taught; whole outputs right of the test set. Units: percent; CPU seconds of curating and of training.
 */
export async function measureTeacher(data: string, student: StructuredStudent, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-'));
  try {
    const task = snipsTask(readRows<SnipsRow>(data, 'snips/train.jsonl'));
    const test = readRows<SnipsRow>(data, 'snips/test.jsonl').map((row) => ({
      text: row.text,
      output: toCall(task, row),
    }));
    const path = join(folder, 'snips.stillroom');
    createProject(path, task);
    const project = openProject(path, { mode: 'write' });
    try {
      await fill(project, folder, readRows<Reply>(data, 'teacher_snips_slots/teacher.jsonl'), test);
      const startCurating = process.cpuUsage();
      await runChecks(project, { seed }, unwatched);
      const curatingSeconds = secondsSince(startCurating);
      const startTraining = process.cpuUsage();
      const read = await train(project, student, seed);
      const trainingSeconds = secondsSince(startTraining);
      const outputs = await read(test.map(({ text }) => ({ text })));
      const right = test.filter(
        ({ output }, i) => canonicalJson(outputs[i]!) === canonicalJson(output),
      );
      return {
        exact: (100 * right.length) / test.length,
        curatingSeconds,
        trainingSeconds,
      };
    } finally {
      project.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The training that `train` ends with, on all rows. */
async function train({ store, task }: Project, student: StructuredStudent, seed: number) {
  const form = compileForm(task);
  const { rows } = gatherRows(store, form, openDoubts(store));
  const lesson = learnRows(form, rows, { lookups: [], find: store.lookups.find });
  const trained = await student.train(lesson.set, { seed, threads: 1 }, unwatched);
  const assemble = createAssembler({ ...lesson, confidence: { intercept: 0, weights: {} } });
  return async (inputs: readonly { readonly text: string }[]) => {
    const parses = await trained.parse(inputs, unwatched);
    return parses.map((parse, i) => assemble(parse, inputs[i]!).output);
  };
}

/** The texts as training rows, the test set as a holdout, and what the teacher says. */
async function fill(
  { store, task }: Project,
  folder: string,
  replies: readonly Reply[],
  test: readonly object[],
): Promise<void> {
  const write = (name: string, rows: readonly object[]) => {
    const path = join(folder, name);
    writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return path;
  };
  const texts = {
    path: write('texts.jsonl', replies),
    mapping: { id: 'id', text: 'text' },
    split: 'train',
  } as const;
  const holdout = {
    path: write('test.jsonl', test),
    mapping: { text: 'text', output: 'output' },
    split: 'holdout',
    reviewedBy: "the set's authors",
  } as const;
  await importFile(store, task, texts, unwatched);
  await importFile(store, task, holdout, unwatched);
  await teachFromReplies(store, task, write('replies.jsonl', replies), unwatched);
}

/** A function for each intent, with the slots that it has anywhere; one that a text may fill twice is a list. */
function snipsTask(rows: readonly SnipsRow[]): Task {
  const tools = [...new Set(rows.map(({ label }) => label))].sort().map((name) => {
    const own = rows.filter(({ label }) => label === name);
    const names = [...new Set(own.flatMap(({ slots }) => slots.map((slot) => slot.name)))].sort();
    const repeats = (slot: string) =>
      own.some(({ slots }) => slots.filter((other) => other.name === slot).length > 1);
    const properties = Object.fromEntries(
      names.map((slot) => [
        slot,
        repeats(slot) ? { type: 'array', items: { type: 'string' } } : { type: 'string' },
      ]),
    );
    const parameters = { type: 'object', properties, required: [] };
    return { type: 'function', function: { name, description: '', parameters } };
  });
  const instructions = 'Choose the function that the user asks for.';
  return parseTask({ name: 'snips', kind: 'tools', instructions, tools });
}

function toCall(task: Task, { text, label, slots }: SnipsRow) {
  const form = compileForm(task);
  const frame = form.frames.find(({ name }) => name === label)!; // the test set has no other intents
  const values = slots.map(({ name, start, end }) => [name, text.slice(start, end)] as const);
  const isList = (name: string) =>
    frame.slots.some((slot) => form.slots[slot]!.path[0] === name && form.slots[slot]!.isList);
  const own = Object.fromEntries(
    values.map(([name, value]) => [
      name,
      isList(name) ? values.filter(([other]) => other === name).map(([, each]) => each) : value,
    ]),
  );
  return { name: label, arguments: own };
}
