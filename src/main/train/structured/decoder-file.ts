import { z } from 'zod';
import { patternsOf } from '../../../shared/domain/form/admits.ts';
import { emptyForms } from '../../../shared/domain/form/empty-form.ts';
import { whyEndless } from '../../../shared/domain/form/endless-pattern.ts';
import { slotTypes } from '../../../shared/domain/form/form.ts';
import { neutralValue } from '../../../shared/domain/form/neutral-value.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { type ReplyTemplate, slotsOf } from '../../../shared/domain/reply.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NormaliserSpec } from '../../values/normaliser/spec.ts';
import type { Assembly } from './assemble.ts';
import { evidenceNames } from './evidence.ts';

const json = z.json() as z.ZodType<Json>; // what came from JSON is JSON
const index = z.int().nonnegative();

const schema = z.object({
  formatVersion: z.literal(2),
  form: z.object({
    slots: z.array(
      z.object({
        path: z.array(z.string()).min(1),
        name: z.string(),
        type: z.enum(slotTypes),
        isList: z.boolean(),
        isNullable: z.boolean(),
        choices: z.array(json),
        minimum: z.number().optional(),
        maximum: z.number().optional(),
        unit: z.string().optional(),
        isQuoted: z.literal(true).optional(),
        limits: z
          .object({
            above: z.number().optional(),
            below: z.number().optional(),
            multipleOf: z.number().optional(),
            minLength: z.number().optional(),
            maxLength: z.number().optional(),
            patterns: z
              .array(z.string().refine((pattern) => whyEndless(pattern) === undefined))
              .optional(),
            minItems: z.number().optional(),
            maxItems: z.number().optional(),
            hasUniqueItems: z.boolean().optional(),
          })
          .optional(),
        description: z.string(),
      }),
    ),
    frames: z
      .array(
        z.object({
          name: z.string(),
          description: z.string(),
          slots: z.array(index),
          required: z.array(index),
          objects: z.array(
            z.object({
              path: z.array(z.string()).min(1),
              isRequired: z.boolean(),
              isNullable: z.boolean(),
              required: z.array(index),
            }),
          ),
        }),
      )
      .min(1),
    hasNone: z.boolean(),
  }),
  slots: z.array(
    z.discriminatedUnion('mode', [
      z.object({ mode: z.literal('span') }),
      z.object({ mode: z.literal('choice'), choices: z.array(json) }),
      z.object({ mode: z.literal('choices'), choices: z.array(json) }),
      z.object({
        mode: z.literal('lookup'),
        table: z.string(),
        by: index,
        keyColumn: z.string(),
        valueColumn: z.string(),
      }),
      z.object({ mode: z.literal('unlearnable') }),
    ]),
  ),
  empty: z.array(z.enum(emptyForms)),
  /** For the programs of `run/`, by slot: what stands for a missing value, and what each text must match. */
  neutral: z.array(json),
  patterns: z.array(z.array(z.string())),
  normaliser: z.looseObject({ version: z.literal(1), slots: z.array(z.looseObject({})) }),
  confidence: z.object({
    intercept: z.number(),
    weights: z.partialRecord(z.enum(evidenceNames), z.number()),
  }),
  /** Of a student that says replies, how each frame is said. */
  replies: z
    .array(
      z.object({
        name: z.string(),
        parts: z.array(z.union([z.string(), z.object({ slot: z.string() })])),
      }),
    )
    .optional(),
  /** What the kind of student adds. */
  model: json,
});

export interface DecoderFile {
  /** What tables say is not in it. */
  readonly assembly: Omit<Assembly, 'find'>;
  readonly replies?: readonly ReplyTemplate[] | undefined;
  readonly model: Json;
}

/** decoder.json: everything between the scores of model.onnx and an output. */
export function encodeDecoder({ assembly, replies, model }: DecoderFile): string {
  const { plan, empty, normaliser, confidence } = assembly;
  const file = {
    formatVersion: 2,
    form: plan.form,
    slots: plan.slots,
    empty,
    neutral: plan.form.slots.map((slot) => neutralValue(slot) ?? null),
    patterns: plan.form.slots.map(patternsOf),
    normaliser,
    confidence: { intercept: confidence.intercept, weights: confidence.weights },
    ...(replies && { replies }),
    model,
  };
  return `${JSON.stringify(file)}\n`;
}

/** Reads decoder.json. @throws AppError `student.malformed` */
export function decodeDecoder(bytes: Uint8Array): DecoderFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw malformed('it is not JSON', error);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw malformed(`${issue.path.join('.')}: ${issue.message}`, parsed.error);
  }
  const { form, slots, empty, normaliser, confidence, replies, model } = parsed.data;
  const count = form.slots.length;
  const isWithin = form.frames.every((frame) =>
    [...frame.slots, ...frame.required, ...frame.objects.flatMap(({ required }) => required)].every(
      (slot) => slot < count,
    ),
  );
  const isKnown = slots.every((slot) => slot.mode !== 'lookup' || slot.by < count);
  if (!isWithin || !isKnown || slots.length !== count || normaliser.slots.length !== count)
    throw malformed('its parts do not belong together');
  if (replies && !areSaid(form as Assembly['plan']['form'], replies))
    throw malformed('its replies are not those of its form');
  return {
    assembly: {
      // Absent numbers are absent, not undefined: the file is JSON.
      plan: { form: form as Assembly['plan']['form'], slots },
      empty,
      // Its inner form is checked by the sum in student.json; what it makes of a text is checked by the schema.
      normaliser: normaliser as unknown as NormaliserSpec,
      confidence: { intercept: confidence.intercept, weights: dropUndefined(confidence.weights) },
    },
    replies,
    model,
  };
}

/** Whether each frame has its reply, with values of that frame only. */
function areSaid(form: Assembly['plan']['form'], replies: readonly ReplyTemplate[]): boolean {
  return (
    replies.length === form.frames.length &&
    replies.every((template, i) => {
      const { name, slots } = form.frames[i]!;
      const own = slots.map((slot) => form.slots[slot]!.name);
      return template.name === name && slotsOf(template).every((slot) => own.includes(slot));
    })
  );
}

function dropUndefined<T extends object>(record: T) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function malformed(problem: string, cause?: unknown): AppError {
  return new AppError(
    'student.malformed',
    `decoder.json is not usable (${problem}). Copy the student folder again or train anew.`,
    { cause },
  );
}
