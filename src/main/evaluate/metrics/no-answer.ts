import { canonicalJson } from '../../../shared/domain/json.ts';
import { wilson } from '../../lib/statistics/wilson.ts';
import type { Scored } from '../scored.ts';
import type { Metric } from './metric.ts';
import { resample } from './resample.ts';

export const oosAuroc: Metric = {
  title: 'No-answer AUROC',
  kinds: ['classify'],
  better: 'higher',
  method:
    'Probability that a row without an answer gets a higher no-answer score than one with; bootstrap of rows.',
  measure(scored) {
    const key = noAnswerKey(scored);
    const { gold, answers } = scored;
    if (key === undefined || answers.some((answer) => answer.noAnswerScore === undefined))
      return undefined;
    const order = Int32Array.from(gold, (_, row) => row).sort(
      (a, b) => answers[a]!.noAnswerScore! - answers[b]!.noAnswerScore!,
    );
    const score = Float64Array.from(order, (row) => answers[row]!.noAnswerScore!);
    const isPositive = Uint8Array.from(order, (row) => (gold[row] === key ? 1 : 0));
    const drawn = new Float64Array(gold.length);

    return resample(gold.length, (sample) => {
      drawn.fill(0);
      for (let i = 0; i < sample.length; i++) drawn[sample[i]!]!++;
      let pairs = 0;
      let negativesBelow = 0;
      let positives = 0;
      for (let start = 0; start < order.length; ) {
        let tiedPositives = 0;
        let tiedNegatives = 0;
        let end = start;
        for (; end < order.length && score[end] === score[start]; end++)
          if (isPositive[end]) tiedPositives += drawn[order[end]!]!;
          else tiedNegatives += drawn[order[end]!]!;
        // Each positive wins against the negatives below it and half of those level with it.
        pairs += tiedPositives * (negativesBelow + tiedNegatives / 2);
        negativesBelow += tiedNegatives;
        positives += tiedPositives;
        start = end;
      }
      return pairs / (positives * negativesBelow);
    });
  },
};

export const noAnswerPrecision: Metric = {
  title: 'No-answer precision',
  kinds: ['classify', 'tools'],
  better: 'higher',
  method:
    "Share of the times it gave no answer, or called nothing, that this was right; Wilson's interval.",
  measure(scored) {
    const { both, answered } = countNoAnswers(scored);
    return answered === 0 ? undefined : wilson(both, answered);
  },
};

export const noAnswerRecall: Metric = {
  title: 'No-answer recall',
  kinds: ['classify', 'tools'],
  better: 'higher',
  method: "Share of rows without an answer, or a call, that were left without; Wilson's interval.",
  measure(scored) {
    const { both, given } = countNoAnswers(scored);
    return given === 0 ? undefined : wilson(both, given);
  },
};

function countNoAnswers(scored: Scored): { both: number; answered: number; given: number } {
  const key = noAnswerKey(scored);
  let both = 0;
  let answered = 0;
  let given = 0;
  if (key !== undefined)
    scored.gold.forEach((gold, row) => {
      const isAnswered = scored.answers[row]!.key === key;
      if (gold === key) given++;
      if (isAnswered) answered++;
      if (gold === key && isAnswered) both++;
    });
  return { both, answered, given };
}

/** Of a tools task, no call is the answer "none". */
function noAnswerKey({ task }: Scored): string | undefined {
  if (task.kind === 'tools') return canonicalJson(null);
  return task.noAnswerLabel === undefined ? undefined : canonicalJson(task.noAnswerLabel);
}
