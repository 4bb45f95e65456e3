import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { count, interval, percent } from '../../lib/format.ts';
import { useForm } from '../../lib/use-form.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { slotWords } from '../../ui/value/slot-words.ts';

/** Each field of the answers with its figures, the weakest first. */
export function FieldTable({ stored: { report } }: { readonly stored: StoredEvaluation }) {
  const form = useForm();
  const fields = report.fields ?? [];
  if (fields.length === 0 || !form) return null;
  const slotOf = (name: string) => form.slots.find((slot) => slot.name === name);
  return (
    <Panel title="By field, the weakest first">
      <PlainTable
        label="Fields"
        rows={fields.toSorted((a, b) => a.f1 - b.f1)}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Field', cell: ({ name }) => name },
          {
            title: 'Holds',
            cell: ({ name }) => {
              const slot = slotOf(name);
              return slot ? slotWords(slot) : '';
            },
          },
          { title: 'Values', isNumber: true, cell: ({ given }) => count(given) },
          {
            title: 'Found, %',
            isNumber: true,
            cell: ({ recall }) =>
              recall ? `${percent(recall.value, 0)} [${interval(recall)}]` : '–',
          },
          {
            title: 'Right when said, %',
            isNumber: true,
            cell: ({ precision }) =>
              precision ? `${percent(precision.value, 0)} [${interval(precision)}]` : '–',
          },
          { title: 'F1, %', isNumber: true, cell: ({ f1 }) => percent(f1, 0) },
        ]}
      />
    </Panel>
  );
}
