import type { Metric } from './metric.ts';
import { resample } from './resample.ts';

export const macroF1: Metric = {
  title: 'Macro F1',
  kinds: ['classify'],
  better: 'higher',
  method: 'Mean of the F1 of each label that was given or answered; bootstrap of rows.',
  measure({ gold, answers }) {
    const ids = new Map<string, number>();
    const idOf = (key: string) => {
      const known = ids.get(key) ?? ids.size;
      ids.set(key, known);
      return known;
    };
    const given = Int32Array.from(gold, idOf);
    const answered = Int32Array.from(answers, ({ key }) => idOf(key));
    const givenCount = new Int32Array(ids.size);
    const answeredCount = new Int32Array(ids.size);
    const rightCount = new Int32Array(ids.size);

    return resample(gold.length, (sample) => {
      givenCount.fill(0);
      answeredCount.fill(0);
      rightCount.fill(0);
      for (let i = 0; i < sample.length; i++) {
        const truth = given[sample[i]!]!;
        const answer = answered[sample[i]!]!;
        givenCount[truth]!++;
        answeredCount[answer]!++;
        if (truth === answer) rightCount[truth]!++;
      }
      let sum = 0;
      let present = 0;
      for (let label = 0; label < ids.size; label++) {
        const total = givenCount[label]! + answeredCount[label]!;
        if (total === 0) continue;
        present++;
        // F1 = 2 TP / (2 TP + FP + FN)
        sum += (2 * rightCount[label]!) / total;
      }
      return sum / present;
    });
  },
};
