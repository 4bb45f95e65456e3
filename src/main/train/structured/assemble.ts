import type { Form, SlotValue } from '../../../shared/domain/form/form.ts';
import {
  type EmptyForm,
  findMissing,
  putTogether,
} from '../../../shared/domain/form/put-together.ts';
import type { FieldReading, Input, Prediction } from '../../../shared/domain/prediction.ts';
import { createNormaliser } from '../../values/normaliser/normaliser.ts';
import type { NormaliserSpec } from '../../values/normaliser/spec.ts';
import { UNSEEN_WEIGHT } from '../outlier.ts';
import { toEvidence } from './evidence.ts';
import type { FormPlan, Parse } from './structured-student.ts';
import { applyConfidence, type WholeConfidence } from './whole-confidence.ts';

/** What turns parses into outputs. */
export interface Assembly {
  readonly plan: FormPlan;
  readonly empty: readonly EmptyForm[];
  readonly normaliser: NormaliserSpec;
  readonly confidence: Pick<WholeConfidence, 'intercept' | 'weights'>;
}

interface Reading extends FieldReading, SlotValue {}

/**
 * Puts what was read together to an output that fits the form. A stretch of text that says nothing of its slot's kind
 * leaves a hole, and so does a required slot without a value: such an output is never sure.
 */
export function createAssembler({ plan, empty, normaliser, confidence }: Assembly) {
  const normalise = createNormaliser(normaliser, plan.form);
  const { form, slots } = plan;

  return (parse: Parse, input: Input): Prediction => {
    let hasHole = false;
    const readings: Reading[] = [];
    for (const { slot, start, end, probability } of parse.spans) {
      const surface = input.text.slice(start, end);
      const options = input.referenceDate ? { referenceDate: input.referenceDate } : {};
      const found = normalise(slot, surface, options);
      if ('problem' in found) hasHole = true;
      else
        readings.push({
          slot,
          name: form.slots[slot]!.name,
          value: found.value,
          confidence: probability,
          span: { start, end },
        });
    }
    for (const { slot, chosen, probability } of parse.choices) {
      const how = slots[slot]!;
      if (how.mode !== 'choice' && how.mode !== 'choices') continue;
      for (const index of chosen)
        readings.push({
          slot,
          name: form.slots[slot]!.name,
          value: how.choices[index]!,
          confidence: probability,
        });
    }
    const values = keepSurest(readings, form);
    const filled = { frame: parse.frame, values };
    const isWhole = !hasHole && findMissing(form, filled).length === 0;
    return {
      output: putTogether(form, filled, empty),
      confidence: isWhole ? applyConfidence(confidence, toEvidence(parse)) : 0,
      fields: values.map(({ slot: _, ...field }) => field),
      outlierScore: UNSEEN_WEIGHT * parse.unseenShare - parse.frameProbability,
    };
  };
}

/** A slot that holds one value takes the one that is most likely; a list all of them. */
function keepSurest(readings: readonly Reading[], { slots }: Form): Reading[] {
  const surest = new Map<number, Reading>();
  for (const reading of readings) {
    const rival = surest.get(reading.slot);
    if (!rival || reading.confidence > rival.confidence) surest.set(reading.slot, reading);
  }
  return readings.filter(
    (reading) => slots[reading.slot]!.isList || surest.get(reading.slot) === reading,
  );
}
