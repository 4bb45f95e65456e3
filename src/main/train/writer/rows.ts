import type { Input } from '../../../shared/domain/prediction.ts';
import type { Store } from '../../store/store.ts';
import { toInput } from '../../store/to-input.ts';
import { type Doubt, weightOf } from '../repair.ts';
import { selectExamples } from '../select-examples.ts';
import type { Trained } from '../trained.ts';
import type { Examples } from '../trainer/example-lists.ts';
import { joinLists } from '../trainer/examples.ts';
import type { BaseModel } from './base-model.ts';
import type { Prompt } from './prompt.ts';
import { toPromptText } from './prompt-text.ts';

/** A row that a writer may learn from. */
export interface WriterRow {
  readonly exampleId: number;
  readonly contentHash: string;
  readonly input: Input;
  readonly output: string;
  readonly group: string;
  readonly weight: number;
  /** Prompt, output and its end. */
  readonly ids: readonly number[];
  /** The place of the output's first token. */
  readonly saidFrom: number;
}

export interface GatheredTexts extends Pick<Trained, 'excluded' | 'downWeighted'> {
  readonly rows: readonly WriterRow[];
  /** Rows of more tokens than are read at once; cut, they would teach to stop in the middle. */
  readonly tooLong: number;
}

/** The rows with an output, as tokens. */
export function gatherTexts(
  store: Store,
  { tokenizer, stopIds, maxLength }: Pick<BaseModel, 'tokenizer' | 'stopIds' | 'maxLength'>,
  { before, after }: Prompt,
  doubts: readonly Doubt[],
): GatheredTexts {
  const { labelled, excluded } = selectExamples(store);
  const doubtOf = new Map(doubts.map((doubt) => [doubt.exampleId, doubt]));
  let invalid = 0;
  let tooLong = 0;
  const rows = labelled.flatMap(({ example, group }): WriterRow[] => {
    const { output, isValid, author } = example.label;
    if (!isValid || typeof output !== 'string' || output.trim() === '') {
      invalid++;
      return [];
    }
    const input = toInput(example);
    const prompt = [...before, ...tokenizer.encode(toPromptText(input)), ...after];
    const ids = [...prompt, ...tokenizer.encode(output.trim()), stopIds[0]];
    if (ids.length > maxLength) {
      tooLong++;
      return [];
    }
    const doubt = author === 'human' ? undefined : doubtOf.get(example.id);
    return [
      {
        exampleId: example.id,
        contentHash: example.contentHash,
        input,
        output,
        group,
        weight: doubt ? weightOf(doubt) : 1,
        ids,
        saidFrom: prompt.length,
      },
    ];
  });
  return {
    rows,
    tooLong,
    excluded: { ...excluded, invalid },
    downWeighted: rows.filter(({ weight }) => weight < 1).length,
  };
}

/** Rows as a training reads them. */
export function toWriterExamples(rows: readonly WriterRow[]): Examples {
  return {
    count: rows.length,
    weights: Float32Array.from(rows, ({ weight }) => weight),
    targets: {
      starts: new Int32Array(rows.length + 1),
      classes: new Int32Array(0),
      shares: new Float32Array(0),
    },
    tokens: joinLists(rows.map(({ ids }) => ids)),
    saidFrom: Int32Array.from(rows, ({ saidFrom }) => saidFrom),
  };
}
