import type { Json } from '../../../shared/domain/json.ts';
import type { OutputValidator } from '../../lib/output-validity.ts';
import { isObject, pick, readConfidence, withoutNulls } from './fields.ts';
import { fitLists } from './loose-values.ts';
import type { AnswerReader, Reading, Repair } from './parsed-reply.ts';

const wrapperNames = ['output', 'result', 'answer', 'data', 'extraction', 'response', 'json'];

/** Reads an object that fits the task's schema. A reply that was cut off may lack fields, so it is no answer. */
export function createObjectReader(validate: OutputValidator, schema: unknown): AnswerReader {
  return {
    fromJson(value, { isCutOff }) {
      if (isCutOff) return { problem: 'the reply was cut off' };
      let problem = validate(value)[0];
      for (const [candidate, repairs] of variants(value, schema)) {
        const [first] = validate(candidate);
        if (first === undefined) return toReading(candidate, value, repairs);
        problem ??= first;
      }
      return { problem: problem ?? 'it does not fit the schema' };
    },
    fromText: () => undefined,
  };
}

function toReading(output: Json, whole: Json, repairs: readonly Repair[]): Reading {
  if (!isObject(whole) || !isObject(output)) return { output, repairs, confidence: null };
  // A field of the task may be called "score": only what stands beside the output is about it.
  const beside = Object.entries(whole).filter(([key, value]) => output[key] !== value);
  return { output, repairs, confidence: readConfidence(Object.fromEntries(beside)) };
}

/** The value itself, then what models put around it or add to it. */
function* variants(value: Json, schema: unknown): Generator<[Json, Repair[]]> {
  yield [value, []];
  yield [withoutNulls(value), ['nulls']];
  if (Array.isArray(value) && value.length === 1) yield [value[0]!, ['array']];
  if (!isObject(value)) return;
  const lean = withoutNulls(value);
  if (isObject(lean)) yield [fitLists(lean, schema), ['lists']];
  const wrapped = pick(value, wrapperNames);
  if (isObject(wrapped)) {
    yield [wrapped, ['key']];
    yield [withoutNulls(wrapped), ['key', 'nulls']];
  }
  if ('confidence' in value) {
    const { confidence: _, ...rest } = value;
    yield [rest, ['key']];
    yield [withoutNulls(rest), ['key', 'nulls']];
  }
}
