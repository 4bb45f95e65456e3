import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';

/** Newer folders are refused instead of being half understood. */
const FORMAT_VERSION = 1;

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const metrics = z.record(z.string(), estimate);

/** The files that hold a student's model: in full, and with weights of 8 bits. */
const models = ['model.onnx', 'model.int8.onnx'] as const;

const schema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  id: z.string().min(1),
  kind: z.string().min(1),
  createdAt: z.string(),
  task: z.record(z.string(), z.unknown()),
  /** Label of each of the model's outputs; of students with fields, the functions; of replies, their types. */
  classes: z.array(z.string()),
  /** The one that answers. */
  model: z.enum(models).default('model.onnx'),
  preprocessing: z.record(z.string(), z.string()),
  calibration: z.discriminatedUnion('method', [
    /** probabilities = softmax(scores / temperature) */
    z.object({
      method: z.literal('temperature'),
      temperature: z.number().positive(),
      rows: z.int().nonnegative(),
    }),
    /** Of a whole output with fields: 1 / (1 + exp(-(intercept + weights · evidence))); `of` says what was best. */
    z.object({
      method: z.literal('logistic'),
      of: z.string(),
      intercept: z.number(),
      weights: z.record(z.string(), z.number()),
      rows: z.int().nonnegative(),
    }),
    /** Not a probability of being right; `of` says what it is. */
    z.object({ method: z.literal('none'), of: z.string() }),
  ]),
  /** outlierScore = unseenWeight * unseenShare - max(scores); of students with fields, minus the function's probability */
  outlier: z.object({ unseenWeight: z.number() }),
  training: z.record(z.string(), z.number()),
  /** Of fields that are filled from tables, from which and by what; what stands in these is not in the folder. */
  tables: z.array(z.string()).optional(),
  /** Of a student of replies: the types that it says, and how many of the training rows' replies follow each. */
  replies: z
    .object({
      rows: z.int(),
      following: z.int(),
      types: z.array(
        z.object({ name: z.string(), wording: z.string(), rows: z.int(), approvedRows: z.int() }),
      ),
    })
    .optional(),
  /** A person ended the training; the student is the one that was measured, not one trained anew on all rows. */
  wasEndedEarly: z.boolean().optional(),
  /** By its kind: the student is the one that was measured, and has not learned from the rows that measured it. */
  wasKeptAsMeasured: z.boolean().optional(),
  dataFingerprint: z.string(),
  metrics: z.object({
    /** On `rows` rows that the student of this measurement had not seen. */
    validation: metrics,
    rows: z.int().nonnegative(),
    /** Share of right answers of model.int8.onnx minus that of model.onnx on the same rows; null when none could be held out. */
    int8AccuracyDifference: z.number().nullable(),
  }),
  licences: z.array(z.string()),
  /** SHA-256 of every file but this one and router.json, which is written when the threshold is chosen. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** student.json: what the folder holds and how to use it. */
export type StudentJson = z.infer<typeof schema>;

export type StudentFacts = Omit<StudentJson, 'formatVersion' | 'files'>;

export function toStudentJson(
  facts: StudentFacts,
  files: Readonly<Record<string, string>>,
): StudentJson {
  return { formatVersion: FORMAT_VERSION, ...facts, files };
}

/** Reads student.json. @throws AppError `student.malformed` */
export function parseStudentJson(text: string): StudentJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'student.malformed',
      'student.json is not JSON. Copy the student folder again or train anew.',
      { cause: error },
    );
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > FORMAT_VERSION)
    throw new AppError(
      'student.malformed',
      `The student folder has format ${version}; this Stillroom reads ${FORMAT_VERSION}. Update Stillroom.`,
    );
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError(
    'student.malformed',
    `student.json is not usable (${issue.path.join('.') || 'file'}: ${issue.message}). Copy the student folder again or train anew.`,
    { cause: parsed.error },
  );
}
