import { z } from 'zod';
import type { Json } from '../../../../shared/domain/json.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { FormPlan } from '../structured-student.ts';
import { type Calibration, FACT_COUNT } from './heads/calibration.ts';
import { type Head, planHeads } from './heads/heads.ts';
import { type AnswerNames, hasNames, listAnswerNames } from './heads/mentions.ts';
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
      calibration: z.array(finite).length(FACT_COUNT),
    }),
  ),
  /** For each column, the ways to name its answer, as hashes of words. */
  answerNames: z.array(z.array(z.array(z.int()))),
  /** For each k, 1 for a slot of one value. */
  singles: z.array(z.int().min(0).max(1)),
  /** For each frame, then for "no call": the k of the slots that need a value. */
  needed: z.array(z.array(index)),
});

/** Slots that are read from the text are tagged, and choices where the text names them. */
export function planTags(plan: FormPlan): TagSet {
  return createTagSet(plan, (slot) => slot.mode === 'span' || hasNames(slot));
}

/** What turns the scores of a `crf` student into a parse. */
export interface Decoder {
  readonly tagSet: TagSet;
  readonly transitions: Transitions;
  readonly heads: readonly Head[];
  readonly calibrations: readonly Calibration[];
  readonly answerNames: AnswerNames;
}

/** The student's section of decoder.json. */
export function encodeDecoder(decoder: Decoder): Json {
  const { tagSet, transitions, heads, calibrations, answerNames } = decoder;
  const T = tagSet.count;
  return {
    tagSlots: [...tagSet.slots],
    frameTags: tagSet.frames.map((slots) => [...slots]),
    transitions: Array.from({ length: T }, (_, i) => [
      ...transitions.transitions.subarray(i * T, (i + 1) * T),
    ]),
    starts: [...transitions.starts],
    ends: [...transitions.ends],
    heads: heads.map((head, h) => ({ ...head, calibration: [...calibrations[h]!] })),
    answerNames: answerNames.map((names) => names.map((words) => [...words])),
    singles: [...tagSet.singles],
    needed: tagSet.needed.map((slots) => [...slots]),
  };
}

/** Reads the section back and compares it with the plan. @throws AppError `student.malformed` */
export function decodeDecoder(json: Json, plan: FormPlan): Decoder {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw malformed('is not readable', parsed.error);
  const { heads, transitions, starts, ends, ...section } = parsed.data;
  const tagSet = planTags(plan);
  const own = planHeads(plan);
  const expected = {
    tagSlots: [...tagSet.slots],
    frameTags: tagSet.frames.map((slots) => [...slots]),
    heads: own,
    answerNames: listAnswerNames(plan, own),
    singles: [...tagSet.singles],
    needed: tagSet.needed.map((slots) => [...slots]),
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
    answerNames: expected.answerNames,
  };
}

function malformed(why: string, cause?: unknown): AppError {
  return new AppError(
    'student.malformed',
    `decoder.json of the student ${why}. Copy the folder again or train anew.`,
    { cause },
  );
}
