import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { RefusedRow } from '../../shared/contract/collect.ts';
import type { Input, Predictor } from '../../shared/domain/prediction.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { SourceRecord } from '../collect/importers/importer.ts';
import { chooseImporter } from '../collect/importers/index.ts';
import { assertReplaceable, makeFolders, syncFolder, toFileError } from '../lib/files.ts';
import type { Work } from '../lib/work.ts';
import { toInput } from '../store/to-input.ts';
import type { StudentFolder } from './open-student-folder.ts';
import { openWithTables, type TableSources } from './open-with-tables.ts';

export interface PredictFileRequest {
  readonly folder: string;
  readonly input: string;
  /** A file, or `-` for standard output. */
  readonly output: string;
  readonly threads: number;
  readonly variant?: 'full' | 'int8' | undefined;
  /** Where tables that fill fields come from. */
  readonly tables?: TableSources;
}

export interface PredictFileResult {
  readonly rows: number;
  /** How many rows go where: to the student's own answer, a person, a teacher, or `unrouted` before `route`; drafts always to a person. */
  readonly routed: Readonly<Record<string, number>>;
  /** Rows of which the text does not give all that an answer needs. */
  readonly incomplete: number;
  /** Fields whose table was not given, each as a sentence. */
  readonly unfilled: readonly string[];
}

const BATCH = 1_024;

/**
 * Answers each row of a file with a student, one JSON line a row in the same order. The output appears whole when
 * every row was readable, or not at all.
 * @throws AppError `file.malformed` with the line, `student.malformed`, `file.missing`, `file.exists`, `app.cancelled`
 */
export async function predictFile(
  request: PredictFileRequest,
  work: Work,
): Promise<PredictFileResult> {
  if (request.output !== '-') assertApart(request.input, request.output);
  const { threads, variant, tables = {} } = request;
  const student = await openWithTables(request.folder, tables, { threads, variant }, work);
  const out = request.output === '-' ? createStandardOutput() : createFileOutput(request.output);
  try {
    const result = await answerRows(student, request.input, out, work);
    out.keep();
    return { ...result, unfilled: student.unfilled };
  } finally {
    out.close();
    await student.close();
  }
}

/** The answers never replace the questions, nor a device such as /dev/stdout. */
function assertApart(input: string, output: string): void {
  assertReplaceable(output);
  if (existsSync(input) && existsSync(output) && realpathSync(input) === realpathSync(output))
    throw new AppError(
      'file.exists',
      `${output} holds the questions, so it was left alone. Name another file for the answers.`,
    );
}

async function answerRows(
  student: StudentFolder,
  path: string,
  out: Output,
  work: Work,
): Promise<Omit<PredictFileResult, 'unfilled'>> {
  const routed: Record<string, number> = {};
  let rows = 0;
  let incomplete = 0;
  const importer = await chooseImporter(path);
  const file = await importer.open(path, { taskKind: 'classify' });
  for await (const { records, refused, fraction } of file.batches()) {
    throwIfCancelled(work.signal);
    const bad = refused[0];
    if (bad) throw unreadable(path, bad);
    for (let from = 0; from < records.length; from += BATCH) {
      const batch = records.slice(from, from + BATCH).map((record) => toQuestion(path, record));
      const answers = await answerBatch(student, batch);
      for (const { route, missing = [] } of answers) {
        routed[route] = (routed[route] ?? 0) + 1;
        if (missing.length > 0) incomplete++;
      }
      out.write(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
      rows += batch.length;
      throwIfCancelled(work.signal);
    }
    work.report({ done: Math.round(fraction * 100), total: 100, message: 'Answering (%)' });
  }
  return { rows, routed, incomplete };
}

interface Question {
  readonly id: string | number;
  readonly input: Input;
}

async function answerBatch(
  { predictor, hasRouter, decide }: StudentFolder & { readonly predictor: Predictor },
  questions: readonly Question[],
) {
  const predictions = await predictor.predict(questions.map(({ input }) => input));
  return predictions.map((prediction, i) => ({
    id: questions[i]!.id,
    output: prediction.output,
    confidence: Number(prediction.confidence.toFixed(6)),
    ...(prediction.missing && { missing: prediction.missing }),
    route: hasRouter || prediction.isDraft ? decide(prediction).route : 'unrouted',
  }));
}

/** A record as a question; a row without an id is called by its line. */
function toQuestion(path: string, { line, position, fields }: SourceRecord): Question {
  const { id, text, context, date } = fields;
  const refuse = (reason: string, remedy: string) => unreadable(path, { line, reason, remedy });
  if (typeof text !== 'string')
    throw refuse(
      text === undefined ? 'it has no "text"' : '"text" is not a text',
      'Each row needs a text: {"id": "1", "text": "..."} or a column named text.',
    );
  if (context !== undefined && context !== null && typeof context !== 'string')
    throw refuse('"context" is not a text', 'Write it as a text, or leave it out.');
  const isId = (typeof id === 'string' && id !== '') || typeof id === 'number';
  if (id !== undefined && id !== null && id !== '' && !isId)
    throw refuse('"id" is neither a text nor a number', 'Write it as one of these.');
  if (date !== undefined && date !== null && typeof date !== 'string')
    throw refuse('"date" is not a text', 'Write it as YYYY-MM-DD, or leave it out.');
  const input = toInput({ text, context: context || null, meta: { date: date ?? null } });
  return { id: isId ? id : String(position), input };
}

function unreadable(path: string, { line, reason, remedy }: RefusedRow): AppError {
  return new AppError(
    'file.malformed',
    `${path}, line ${line}: ${reason}. Nothing was written. ${remedy}`,
    { details: { file: path, line, reason, remedy } },
  );
}

interface Output {
  write(text: string): void;
  /** Makes what was written visible under its name. */
  keep(): void;
  /** Always called last; drops what was not kept. */
  close(): void;
}

function createStandardOutput(): Output {
  return {
    write: (text) => {
      process.stdout.write(text);
    },
    keep: () => undefined,
    close: () => undefined,
  };
}

function createFileOutput(path: string): Output {
  const temporary = `${path}.${process.pid}.tmp`;
  const attempt = <T>(body: () => T): T => {
    try {
      return body();
    } catch (error) {
      throw toFileError(error, path);
    }
  };
  const file = attempt(() => {
    makeFolders(dirname(path));
    return openSync(temporary, 'w');
  });
  let isOpen = true;
  return {
    write: (text) => {
      attempt(() => {
        const bytes = Buffer.from(text, 'utf8');
        for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      });
    },
    keep: () => {
      attempt(() => {
        fsyncSync(file);
        closeSync(file);
        isOpen = false;
        renameSync(temporary, path);
        syncFolder(dirname(path));
      });
    },
    close: () => {
      if (isOpen) closeSync(file);
      rmSync(temporary, { force: true });
    },
  };
}
