import { isHeldOut } from '../../../shared/domain/example.ts';
import { compileForm } from '../../../shared/domain/form/compile-form.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { leaveOut } from '../../../shared/domain/form/leave-out.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { Prediction } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import type { CurrentLabel, Example } from '../../store/examples.ts';
import { toInput } from '../../store/to-input.ts';
import type { CheckContext } from '../check.ts';

const FOLDS = 3;
/** A field read with less than this probability deserves a look. */
const DOUBTFUL = 0.7;

/** What a student of the other rows makes of a row's output. */
export interface OutputJudgement {
  /** Log odds that the output is wrong, going by that reading alone. */
  readonly doubt: number;
  readonly evidence: { readonly [key: string]: Json };
}

/**
 * Doubts outputs with fields: the surer a student that was trained without a row reads something else in it, the more.
 * Shapes: `groups` and the result as `examples`.
 */
export async function judgeOutputs(
  { task, tools, seed }: CheckContext,
  examples: readonly (Example & { readonly label: CurrentLabel })[],
  groups: ArrayLike<number>,
  work: Work,
): Promise<OutputJudgement[]> {
  const form = compileForm(task);
  const readings = await tools.readOutOfFold(
    form,
    examples.map((example, i) => ({
      input: toInput(example),
      output: example.label.output,
      group: String(groups[i]),
      isHeldOut: isHeldOut(example),
    })),
    { folds: FOLDS, seed },
    work,
  );
  return examples.map(({ label }, i) => {
    const reading = readings[i];
    return reading ? judge(form, label.output, reading) : { doubt: 0, evidence: {} };
  });
}

function judge(form: Form, given: Json, prediction: Prediction): OutputJudgement {
  const { confidence, missing = [] } = prediction;
  const output = leaveOut(form, prediction.output, missing);
  const sure = Math.min(1 - 1e-4, Math.max(1e-4, confidence));
  const isSame = canonicalJson(output) === canonicalJson(given);
  // Of rows on which the student is so sure, this share agrees with it: score = 1 - sure, or (1 + sure) / 2.
  const score = isSame ? (1 + sure) / 2 : 1 - sure;
  const doubtful = listDoubtful(form, given, prediction);
  return {
    doubt: Math.log((1 - score) / score),
    evidence: {
      probability: round(sure),
      ...(doubtful.length > 0 && { doubtful }),
      ...(!isSame && {
        // What lacks something is no better answer.
        ...(missing.length === 0 && { suggested: output }),
        differences: differencesOf(form, given, output),
      }),
    },
  };
}

/** Fields that the student was unsure of though it read the same frame, the least sure first. */
function listDoubtful(form: Form, given: Json, { output, fields = [] }: Prediction) {
  if (takeApart(form, given)?.frame !== takeApart(form, output)?.frame) return [];
  return fields
    .filter(({ confidence }) => confidence < DOUBTFUL)
    .map(({ name, confidence }) => ({ field: name, confidence: round(confidence) }))
    .sort((a, b) => a.confidence - b.confidence);
}

/** Where two outputs differ, by field; a function or no call is one, too. */
function differencesOf(form: Form, given: Json, read: Json): Json {
  const [a, b] = [given, read].map((output) => {
    const filled = takeApart(form, output);
    const values = new Map<string, Json[]>();
    if (form.hasNone && filled) values.set('function', [form.frames[filled.frame]?.name ?? null]);
    for (const { slot, value } of filled?.values ?? []) {
      const { name } = form.slots[slot]!;
      values.set(name, [...(values.get(name) ?? []), value]);
    }
    return values;
  }) as [Map<string, Json[]>, Map<string, Json[]>]; // of two, two
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((field) => canonicalJson(a.get(field) ?? []) !== canonicalJson(b.get(field) ?? []))
    .map((field) => ({ field, given: a.get(field) ?? [], read: b.get(field) ?? [] }));
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
