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
  /** The output as it stands in the project, which may have been repaired. */
  readonly given: Json;
  readonly filled: FilledForm;
  readonly isHuman: boolean;
  /** Rows of one group are never on both sides of a split. */
  readonly group: string;
  readonly weight: number;
}

/** A row that nobody has answered yet. */
export interface OpenRow {
  readonly exampleId: number;
  readonly input: Input;
  readonly group: string;
}

export interface GatheredRows extends Pick<Trained, 'excluded' | 'relabelled' | 'downWeighted'> {
  readonly rows: readonly AnsweredRow[];
  readonly unlabelled: readonly OpenRow[];
}

/**
 * How sure a student of the other rows has to be of another output to be believed. Chosen on teacher_snips_slots with
 * its truth in sight: of 112 outputs so replaced 89 became right and 21 wrong.
 */
const SURE = 0.9;

/**
 * The rows that a student of fields may learn from, and those without an output. Where a student of the other rows is sure of another output, that
 * takes the place of the teacher's; other doubted rows count less; a person's word stays, in full.
 */
export function gatherRows(store: Store, form: Form, doubts: readonly Doubt[]): GatheredRows {
  const { labelled, unlabelled, excluded } = selectExamples(store);
  const doubtOf = new Map(doubts.map((doubt) => [doubt.exampleId, doubt]));
  let relabelled = 0;
  const rows = labelled.flatMap(({ example, group }): AnsweredRow[] => {
    const { output: given, author, isValid } = example.label;
    const isHuman = author === 'human';
    const doubt = isHuman ? undefined : doubtOf.get(example.id);
    const better = doubt && doubt.probability >= SURE ? doubt.suggested : undefined;
    const output = better ?? given;
    const filled = isValid ? takeApart(form, output) : undefined;
    if (!filled) return [];
    if (better !== undefined) relabelled++;
    return [
      {
        exampleId: example.id,
        contentHash: example.contentHash,
        input: toInput(example),
        output,
        given,
        filled,
        isHuman,
        group,
        weight: doubt && better === undefined ? weightOf(doubt) : 1,
      },
    ];
  });
  return {
    rows,
    unlabelled: unlabelled.map(({ example, group }) => ({
      exampleId: example.id,
      input: toInput(example),
      group,
    })),
    excluded: { ...excluded, invalid: labelled.length - rows.length },
    relabelled,
    downWeighted: rows.filter(({ weight }) => weight < 1).length,
  };
}
