import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { Metric } from './metric.ts';
import { resample } from './resample.ts';

export const fieldF1: Metric = {
  title: 'Field F1',
  kinds: ['extract', 'tools'],
  better: 'higher',
  method:
    'Micro F1 over fields, a field right when its path and value are; items of an array in any order; bootstrap of rows.',
  measure({ gold, answers }) {
    const rows = gold.length;
    const given = new Int32Array(rows);
    const answered = new Int32Array(rows);
    const right = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const truth = fieldsOf(gold[row]!);
      const answer = fieldsOf(answers[row]!.key);
      given[row] = truth.length;
      answered[row] = answer.length;
      const left = new Map<string, number>();
      for (const field of truth) left.set(field, (left.get(field) ?? 0) + 1);
      for (const field of answer) {
        const count = left.get(field) ?? 0;
        if (count === 0) continue;
        right[row]!++;
        left.set(field, count - 1);
      }
    }
    return resample(rows, (sample) => {
      let all = 0;
      let hits = 0;
      for (let i = 0; i < sample.length; i++) {
        all += given[sample[i]!]! + answered[sample[i]!]!;
        hits += right[sample[i]!]!;
      }
      // F1 = 2 TP / (2 TP + FP + FN)
      return all === 0 ? 1 : (2 * hits) / all;
    });
  },
};

/** Every leaf of a value as "path=value"; no call at all is a field too. */
function fieldsOf(key: string): string[] {
  const fields: string[] = [];
  const walk = (value: Json, path: string) => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) walk(item as Json, `${path}.${name}`);
    else fields.push(`${path}=${canonicalJson(value)}`);
  };
  // Keys are canonical JSON that Stillroom wrote itself.
  walk(JSON.parse(key) as Json, '');
  return fields;
}
