import { admits } from '../../../shared/domain/form/admits.ts';
import type { EmptyForm } from '../../../shared/domain/form/empty-form.ts';
import { findMissing, listNeeded } from '../../../shared/domain/form/find-missing.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { neutralValue } from '../../../shared/domain/form/neutral-value.ts';
import { putTogether } from '../../../shared/domain/form/put-together.ts';
import type { FindInTable } from '../../../shared/domain/lookup.ts';
import type { Input, Prediction } from '../../../shared/domain/prediction.ts';
import { createNormaliser } from '../../values/normaliser/normaliser.ts';
import type { NormaliserSpec } from '../../values/normaliser/spec.ts';
import { UNSEEN_WEIGHT } from '../outlier.ts';
import { toEvidence } from './evidence.ts';
import { fillFromTables } from './fill-from-tables.ts';
import { fitLists } from './fit-lists.ts';
import type { Reading } from './reading.ts';
import type { FormPlan, Parse } from './structured-student.ts';
import { applyConfidence, type WholeConfidence } from './whole-confidence.ts';

/** What turns parses into outputs. */
export interface Assembly {
  readonly plan: FormPlan;
  readonly empty: readonly EmptyForm[];
  readonly normaliser: NormaliserSpec;
  readonly confidence: Pick<WholeConfidence, 'intercept' | 'weights'>;
  readonly find: FindInTable;
}

/**
 * Puts what was read together to an output that fits the schema, whatever was read. A stretch of text that is no value
 * of its slot leaves a hole; where a needed slot has no value, one that says nothing stands for it and the slot is
 * named as missing. Such an output is never sure.
 */
export function createAssembler({ plan, empty, normaliser, confidence, find }: Assembly) {
  const normalise = createNormaliser(normaliser, plan.form);
  const { form, slots } = plan;
  const neutral = form.slots.map(neutralValue);
  const nameOf = (slot: number) => form.slots[slot]!.name;

  return (parse: Parse, input: Input): Prediction => {
    const holes = new Set<number>();
    const readings: Reading[] = [];
    for (const { slot, start, end, probability } of parse.spans) {
      const surface = input.text.slice(start, end);
      const options = input.referenceDate ? { referenceDate: input.referenceDate } : {};
      const found = normalise(slot, surface, options);
      if ('problem' in found || !admits(form.slots[slot]!, found.value)) holes.add(slot);
      else
        readings.push({
          slot,
          name: nameOf(slot),
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
          name: nameOf(slot),
          value: how.choices[index]!,
          confidence: probability,
        });
    }
    const { frame } = parse;
    const read = keepSurest(readings, form);
    const found = fillFromTables(plan, frame, read, find, holes);
    const values = fitLists(form, frame, [...read, ...found], holes);
    const filled = { frame, values };
    // Null is an answer, too, but not of a text that says something unreadable there.
    const unread = listNeeded(form, filled).filter(
      (slot) => holes.has(slot) && !values.some((value) => value.slot === slot),
    );
    const missing = [...new Set([...findMissing(form, filled), ...unread])];
    const isWhole = holes.size === 0 && missing.length === 0;
    return {
      output: putTogether(form, filled, empty, neutral),
      confidence: isWhole ? applyConfidence(confidence, toEvidence(parse)) : 0,
      fields: [
        ...values.map(({ slot: _, ...field }) => field),
        ...missing.map((slot) => ({ name: nameOf(slot), value: null, confidence: 0 })),
      ],
      missing: missing.map(nameOf),
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
