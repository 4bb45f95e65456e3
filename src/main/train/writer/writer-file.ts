import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';

const names = z.array(z.string().min(1));
const tokens = z.array(z.int().nonnegative());

const schema = z.object({
  formatVersion: z.literal(1),
  /** Tokens around each text. */
  before: tokens,
  after: tokens,
  stopIds: tokens.min(1),
  /** Of an output, and of prompt and output together. Units: tokens. */
  mostTokens: z.int().positive(),
  maxLength: z.int().positive(),
  /** Tokens that are marks: where a text has one it is parted by a space. */
  marks: z.array(z.string()),
  /** How the model keeps what it has read. */
  cache: z.object({
    inputs: names,
    outputs: names,
    heads: z.int().positive(),
    width: z.int().positive(),
  }),
  tokenInputs: z.object({ names, type: z.enum(['int64', 'int32']) }),
  /** What an output may state that its text does not. */
  house: z.object({
    constant: z.array(z.string()),
    words: z.array(z.string()),
    instructions: z.string(),
  }),
  /** Types of reply in the training rows, by which answers in other words are known to be right. */
  replies: z.array(
    z.object({
      name: z.string(),
      parts: z.array(z.union([z.string(), z.object({ slot: z.string() })])),
    }),
  ),
});

/** writer.json of a student's folder: how its model is made to write. */
export type WriterFile = z.infer<typeof schema>;

export const WRITER_FILE = 'writer.json';

export function encodeWriterFile(file: WriterFile): string {
  return `${JSON.stringify(file)}\n`;
}

/** @throws AppError `student.malformed` */
export function decodeWriterFile(bytes: Uint8Array): WriterFile {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new AppError(
      'student.malformed',
      `${WRITER_FILE} is not usable. Copy the student folder again or train anew.`,
      { cause },
    );
  }
}
