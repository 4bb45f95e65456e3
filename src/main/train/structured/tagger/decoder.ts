import { z } from 'zod';
import type { Json } from '../../../../shared/domain/json.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Transitions } from '../crf/lattice.ts';

const numbers = z.array(z.number());
const decoderSchema = z.object({ transitions: numbers, starts: numbers, ends: numbers });

/** What turns scores into tags, beside the form. */
export function toDecoder({ transitions, starts, ends }: Transitions): Json {
  return { transitions: [...transitions], starts: [...starts], ends: [...ends] };
}

/** @throws AppError `student.malformed` */
export function fromDecoder(decoder: Json, tagCount: number): Transitions {
  const { data } = decoderSchema.safeParse(decoder);
  if (
    data?.transitions.length === tagCount ** 2 &&
    data.starts.length === tagCount &&
    data.ends.length === tagCount
  )
    return {
      transitions: Float32Array.from(data.transitions),
      starts: Float32Array.from(data.starts),
      ends: Float32Array.from(data.ends),
    };
  throw new AppError(
    'student.malformed',
    `The decoder of the student does not have the transitions of ${tagCount} tags. Copy the folder again or train anew.`,
  );
}
