import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FindInTable, findNothing } from '../../shared/domain/lookup.ts';
import type { Prediction, Predictor } from '../../shared/domain/prediction.ts';
import { AppError } from '../../shared/errors.ts';
import { toFileError } from '../lib/files.ts';
import { sha256 } from '../lib/hash.ts';
import { unwatched } from '../lib/work.ts';
import { parseStudentJson, type StudentJson } from './bundle/student-json.ts';
import { toProbabilities } from './calibration.ts';
import { toOutlierScores } from './outlier.ts';
import { structuredStudents } from './structured/index.ts';
import { loadParser } from './structured/load-parser.ts';
import { students } from './students/index.ts';
import type { LoadOptions, Scores, Variant } from './students/student.ts';
import { writers } from './writer/index.ts';
import { loadWriter } from './writer/load-writer.ts';

export interface LoadStudentOptions {
  readonly threads?: number;
  /** The one that the student answers with when left out. */
  readonly variant?: Variant | undefined;
  /** What the tables that fill fields say; without it these fields are missing. */
  readonly find?: FindInTable | undefined;
}

export interface LoadedBundle {
  readonly about: StudentJson;
  readonly predictor: Predictor;
}

/** No model or list of features of ours is larger. */
const LARGEST_FILE_BYTES = 2 ** 31;

/**
 * Loads a student folder, each file of it compared with its SHA-256 before it is used.
 * @throws AppError `student.malformed`, `file.missing`
 */
export async function loadStudent(
  folder: string,
  { threads = 1, variant, find = findNothing }: LoadStudentOptions = {},
): Promise<LoadedBundle> {
  const about = parseStudentJson(readBounded(join(folder, 'student.json')).toString('utf8'));
  try {
    const own = about.model === 'model.int8.onnx' ? 'int8' : 'full';
    const options = { threads, variant: variant ?? own, find };
    return { about, predictor: await loadPredictor(about, read, options) };
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('onnx.')) throw error;
    throw new AppError('student.malformed', `The model in ${folder}: ${error.message}`, {
      cause: error,
    });
  }

  function read(path: string): Uint8Array {
    const bytes = readBounded(join(folder, path));
    if (sha256(bytes) !== about.files[path])
      throw new AppError(
        'student.malformed',
        `${path} in ${folder} is not the file that the student was written with. Copy the folder again or train anew.`,
      );
    // A plain array: a Buffer's slice() would share its memory instead of copying.
    return new Uint8Array(bytes);
  }
}

function readBounded(path: string): Buffer {
  try {
    // Neither a link out of the folder nor a pipe that never ends.
    const found = lstatSync(path);
    if (!found.isFile() || found.size > LARGEST_FILE_BYTES)
      throw new AppError('student.malformed', `${path} is not a plain file of a student.`);
    return readFileSync(path);
  } catch (error) {
    throw toFileError(error, path);
  }
}

type Read = (path: string) => Uint8Array;

async function loadPredictor(
  about: StudentJson,
  read: Read,
  { find, ...options }: Omit<LoadOptions, 'classCount'> & { readonly find: FindInTable },
): Promise<Predictor> {
  const { calibration, classes, outlier } = about;
  const kind = students.find(({ id }) => id === about.kind);
  if (kind && calibration.method === 'temperature') {
    const student = await kind.load(read, { ...options, classCount: classes.length });
    const settings = { temperature: calibration.temperature, unseenWeight: outlier.unseenWeight };
    return {
      classes,
      predict: async (inputs) =>
        toPredictions(await student.score(inputs, unwatched), classes, settings),
      close: () => student.close(),
    };
  }
  const structured = structuredStudents.find(({ id }) => id === about.kind);
  if (structured) return loadParser(structured, read, { ...options, find });
  if (writers.some(({ id }) => id === about.kind)) return loadWriter(read, options);
  throw new AppError(
    'student.malformed',
    `The folder holds a student of kind "${about.kind}", which this Stillroom does not know. Known: ${[...students, ...structuredStudents, ...writers].map(({ id }) => id).join(', ')}.`,
  );
}

/** Scores as answers: the likeliest class, how likely it is, and how strange the input. */
export function toPredictions(
  scored: Scores,
  classes: readonly string[],
  { temperature, unseenWeight }: { readonly temperature: number; readonly unseenWeight: number },
): Prediction[] {
  const all = toProbabilities(scored.scores, classes.length, temperature);
  const outlierScores = toOutlierScores(scored, classes.length, unseenWeight);
  return Array.from(outlierScores, (outlierScore, row) => {
    const probabilities = all.subarray(row * classes.length, (row + 1) * classes.length);
    let best = 0;
    for (let c = 1; c < classes.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
    return {
      output: classes[best]!,
      confidence: probabilities[best]!,
      probabilities,
      outlierScore,
    };
  });
}
