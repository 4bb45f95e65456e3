import type { SlotValue } from '../../../shared/domain/form/form.ts';
import { putTogether } from '../../../shared/domain/form/put-together.ts';
import { createOutputValidator } from '../../lib/output-validity.ts';
import { describeFormats } from '../../values/learn/describe-formats.ts';
import { defineCheck, type Score } from '../check.ts';
import { filledRows, toAlignRow } from '../filled-rows.ts';

/** Where fewer values than this share the one form, there is none to depart from. */
const USUAL = 0.5;

export const fieldFormatCheck = defineCheck({
  id: 'field-format',
  title: 'Mixed formats',
  explanation:
    'A date, time, number or name is written in another way than in most records, so a student would learn both. Take the usual form over, or dismiss the flag if the other one is meant.',
  taskKinds: ['extract', 'tools'],
  threshold: 0.5,
  async run(context) {
    const found = filledRows(context);
    if (!found) return [];
    const { form, rows, isWitness } = found;
    const validate = createOutputValidator(context.task);
    const departing = new Map<
      number,
      { format: string; index: number; value: string; slot: number; proposed: unknown }[]
    >();
    for (const { slot, formats, canonical, departures } of describeFormats(
      rows.map(toAlignRow),
      form,
      isWitness,
    )) {
      const usual = formats.find(({ format }) => format === canonical)?.share ?? 0;
      if (usual < USUAL) continue;
      for (const { row, index, value, proposed } of departures)
        departing.set(row, [
          ...(departing.get(row) ?? []),
          { slot, index, value, proposed, format: canonical },
        ]);
    }
    return [...departing].map(([row, all]): Score => {
      const { example, filled } = rows[row]!;
      const values = filled.values.map((value, index): SlotValue => {
        const own = all.find((each) => each.index === index);
        // What the values layer proposes is a value of JSON.
        return own?.proposed === undefined
          ? value
          : ({ ...value, value: own.proposed } as SlotValue);
      });
      const suggested = putTogether(form, { frame: filled.frame, values }, []);
      const isMended = all.every(({ proposed }) => proposed !== undefined);
      return {
        exampleId: example.id,
        score: 0.3,
        evidence: {
          values: all.map(({ slot, value, format }) => ({
            field: form.slots[slot]!.name,
            value,
            usual: format,
          })),
          ...(isMended && validate(suggested).length === 0 && { suggested, probability: 0.5 }),
        },
      };
    });
  },
});
