import type { FilledForm, Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Input } from '../../../shared/domain/prediction.ts';
import type { Store } from '../../store/store.ts';
import { toInput } from '../../store/to-input.ts';
import { type Doubt, weightOf } from '../repair.ts';
import { selectExamples } from '../select-examples.ts';
import type { Trained } from '../trained.ts';

/** A row with the output it should get. */
export interface AnsweredRow {
  readonly exampleId: number;
  readonly contentHash: string;
  readonly input: Input;
  readonly output: Json;
  readonly filled: FilledForm;
  readonly isHuman: boolean;
  /** Rows of one group are never on both sides of a split. */
  readonly group: string;
  readonly weight: number;
}

/** The rows that a student of fields may learn from; a doubted one counts less, a person's word in full. */
export function gatherRows(
  store: Store,
  form: Form,
  doubts: readonly Doubt[],
): { readonly rows: readonly AnsweredRow[] } & Pick<Trained, 'excluded' | 'downWeighted'> {
  const { labelled, excluded } = selectExamples(store);
  const doubtOf = new Map(doubts.map((doubt) => [doubt.exampleId, doubt]));
  const rows = labelled.flatMap(({ example, group }): AnsweredRow[] => {
    const { output, author, isValid } = example.label;
    const filled = isValid ? takeApart(form, output) : undefined;
    if (!filled) return [];
    const isHuman = author === 'human';
    const doubt = isHuman ? undefined : doubtOf.get(example.id);
    return [
      {
        exampleId: example.id,
        contentHash: example.contentHash,
        input: toInput(example),
        output,
        filled,
        isHuman,
        group,
        weight: doubt ? weightOf(doubt) : 1,
      },
    ];
  });
  return {
    rows,
    excluded: { ...excluded, invalid: labelled.length - rows.length },
    downWeighted: rows.filter(({ weight }) => weight < 1).length,
  };
}
