import type { WorstError } from '../../shared/contract/evaluate.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Prediction } from '../../shared/domain/prediction.ts';
import type { GoldRow } from '../store/gold.ts';
import { toName } from './confusion.ts';
import { isRight, type Scored } from './scored.ts';

const WORST = 50;

/** The wrong answers, those that the student was surest of first. */
export function worstErrors(
  rows: readonly GoldRow[],
  student: Scored,
  predictions: readonly Prediction[],
): WorstError[] {
  const { kind } = student.task;
  const hasFields = kind === 'extract' || kind === 'tools';
  return rows
    .flatMap(({ example }, row): WorstError[] => {
      if (isRight(student, row)) return [];
      const { output, confidence, fields, missing } = predictions[row]!;
      const gold = student.gold[row]!;
      return [
        {
          id: example.externalId,
          text: example.text,
          consent: example.consent,
          gold: toName(gold),
          predicted: toName(student.answers[row]!.key),
          // Keys are canonical JSON that Stillroom wrote itself.
          ...(hasFields && { outputs: { gold: JSON.parse(gold) as Json, predicted: output } }),
          ...(kind === 'rewrite' && { isReply: true as const }),
          ...(fields && { fields }),
          ...(missing && { missing }),
          confidence,
        },
      ];
    })
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, WORST);
}
