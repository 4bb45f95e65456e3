import { z } from 'zod';
import type { Json } from '../../../../shared/domain/json.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { FormPlan } from '../structured-student.ts';
import type { Calibration } from './heads/calibration.ts';
import { type Head, planHeads } from './heads/heads.ts';
import { type AnswerWords, listAnswerWords } from './heads/mentions.ts';
import type { Transitions } from './lattice.ts';
import { createTagSet, type TagSet } from './tags.ts';

const finite = z.number();
const index = z.int().nonnegative();
const schema = z.object({
  /** Slot of the form behind tags 2k+1 (its first word) and 2k+2 (a further word); tag 0 is no value's. */
  tagSlots: z.array(index),
  /** For each frame, then for "no call": the k of the slots that may be tagged. */
  frameTags: z.array(z.array(index)),
  /** transitions[i][j]: what tag j scores behind tag i. */
  transitions: z.array(z.array(finite)),
  starts: z.array(finite),
  ends: z.array(finite),
  /** The columns of `scores`: of the frame (slot -1), then of each slot that is given by choice. */
  heads: z.array(
    z.object({
      slot: z.int(),
      mode: z.enum(['one', 'many']),
      from: index,
      size: index,
      calibration: z.object({ scale: finite, mention: finite, absent: finite }),
    }),
  ),
  /** For each column, hashes of the words that name its answer. */
  answerWords: z.array(z.array(z.int())),
});

/** What turns the scores of a `crf` student into a parse. */
export interface Decoder {
  readonly tagSet: TagSet;
  readonly transitions: Transitions;
  readonly heads: readonly Head[];
  readonly calibrations: readonly Calibration[];
  readonly answerWords: AnswerWords;
}

/** The student's section of decoder.json. */
export function encodeDecoder(decoder: Decoder): Json {
  const { tagSet, transitions, heads, calibrations, answerWords } = decoder;
  const T = tagSet.count;
  return {
    tagSlots: [...tagSet.slots],
    frameTags: tagSet.frames.map((slots) => [...slots]),
    transitions: Array.from({ length: T }, (_, i) => [
      ...transitions.transitions.subarray(i * T, (i + 1) * T),
    ]),
    starts: [...transitions.starts],
    ends: [...transitions.ends],
    heads: heads.map((head, h) => ({ ...head, calibration: { ...calibrations[h]! } })),
    answerWords: answerWords.map((words) => [...words]),
  };
}

/** Reads the section back and compares it with the plan. @throws AppError `student.malformed` */
export function decodeDecoder(json: Json, plan: FormPlan): Decoder {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw malformed('is not readable', parsed.error);
  const { heads, transitions, starts, ends, ...section } = parsed.data;
  const tagSet = createTagSet(plan);
  const own = planHeads(plan);
  const expected = {
    tagSlots: [...tagSet.slots],
    frameTags: tagSet.frames.map((slots) => [...slots]),
    heads: own,
    answerWords: listAnswerWords(plan, own),
    rows: Array(tagSet.count).fill(tagSet.count),
    edges: [tagSet.count, tagSet.count],
  };
  const found = {
    ...section,
    heads: heads.map(({ calibration: _, ...head }) => head),
    rows: transitions.map((row) => row.length),
    edges: [starts.length, ends.length],
  };
  for (const [part, value] of Object.entries(expected))
    if (JSON.stringify(value) !== JSON.stringify(found[part as keyof typeof expected]))
      throw malformed(`does not go with its form (${part})`);
  return {
    tagSet,
    transitions: {
      transitions: Float32Array.from(transitions.flat()),
      starts: Float32Array.from(starts),
      ends: Float32Array.from(ends),
    },
    heads: own,
    calibrations: heads.map(({ calibration }) => calibration),
    answerWords: expected.answerWords,
  };
}

function malformed(why: string, cause?: unknown): AppError {
  return new AppError(
    'student.malformed',
    `decoder.json of the student ${why}. Copy the folder again or train anew.`,
    { cause },
  );
}
