import type { Form, SlotValue } from '../../../shared/domain/form/form.ts';
import { putTogether } from '../../../shared/domain/form/put-together.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { createOutputValidator } from '../../lib/output-validity.ts';
import { alignRows } from '../../values/align/align-rows.ts';
import type { AlignedValue, AlignmentKind } from '../../values/alignment.ts';
import { defineCheck, type Score } from '../check.ts';
import { filledRows, toAlignRow } from '../filled-rows.ts';

/** How far a value that is not plainly in its text is to be trusted; the others are as sure as can be. */
const trust: Readonly<Partial<Record<AlignmentKind, number>>> = {
  absent: 0.1,
  fuzzy: 0.2,
  ambiguous: 0.6,
};
/** Where fewer values than this stand in their texts, the field is not meant to be read from them. */
const READ_FROM_TEXT = 0.5;

export const fieldValueCheck = defineCheck({
  id: 'field-value',
  title: 'Values not in the text',
  explanation:
    'A value does not stand in the text, or only something close to it does: the teacher may have made it up or changed it. Take the value off, correct it, or dismiss the flag if it follows from the whole.',
  taskKinds: ['extract', 'tools'],
  threshold: 0.5,
  async run(context) {
    const found = filledRows(context);
    if (!found) return [];
    const { form, rows, isWitness } = found;
    const validate = createOutputValidator(context.task);
    const aligned = alignRows(rows.map(toAlignRow), form, isWitness);
    const isRead = form.slots.map(
      ({ type }, slot) =>
        type !== 'enum' &&
        type !== 'boolean' &&
        aligned.slots[slot]!.learnableShare >= READ_FROM_TEXT,
    );
    return rows.flatMap(({ example, filled }, row): Score[] => {
      const doubtful = aligned.rows[row]!.filter(
        ({ slot, kind }) => isRead[slot] && trust[kind] !== undefined,
      );
      if (doubtful.length === 0) return [];
      const values = correct(aligned.rows[row]!, doubtful, example.text);
      const suggested = putTogether(form, { frame: filled.frame, values }, []);
      return [
        {
          exampleId: example.id,
          score: Math.min(...doubtful.map(({ kind }) => trust[kind]!)),
          evidence: {
            values: doubtful.map((value) => tell(form, value, example.text)),
            ...(validate(suggested).length === 0 && { suggested, probability: 0.5 }),
          },
        },
      ];
    });
  },
});

/** The values without those that are nowhere, and with what stands in the text for those that are nearly there. */
function correct(
  all: readonly AlignedValue[],
  doubtful: readonly AlignedValue[],
  text: string,
): SlotValue[] {
  return all.flatMap((value): SlotValue[] => {
    const { slot, kind, suggestion } = value;
    if (!doubtful.includes(value) || kind === 'ambiguous') return [{ slot, value: value.value }];
    return suggestion ? [{ slot, value: text.slice(suggestion.start, suggestion.end) }] : [];
  });
}

function tell(form: Form, { slot, value, kind, suggestion }: AlignedValue, text: string): Json {
  return {
    field: form.slots[slot]!.name,
    value,
    kind,
    ...(suggestion && { suggestion: text.slice(suggestion.start, suggestion.end) }),
  };
}
