import { expect, it } from 'vitest';
import {
  fullEpochs,
  planTuning,
} from '../../../../../src/main/train/structured/tagger/plan-tuning.ts';
import { tagger } from '../../../../../src/main/train/structured/tagger/tagger.ts';
import { smallFormSet } from '../../../../helpers/small-form-set.ts';

const tell = (rows: number, seconds: number) => tagger.tellShortcut!(smallFormSet(rows), seconds);

it('says how much of its training a budget left out, and nothing when it left out nothing', () => {
  expect(tell(200, 10)).toBeUndefined();
  expect(tell(900, Number.POSITIVE_INFINITY)).toBeUndefined();
  expect(tell(900, 10)).toMatch(/^tagger was tried with 1 of 5 epochs on 900 of 900 rows/);
  expect(tell(2_000, 10)).toMatch(
    /1 of 5 epochs on 1666 of 2000 rows; all of it takes about 1 min/,
  );
  expect(tell(13_084, 60)).toMatch(/1 of 3\.4 epochs on 10000 of 13084 rows/);
});

it('shows many rows less often, and never fewer rows in all', () => {
  expect([24, 9_000, 10_000, 100_000].map(fullEpochs)).toEqual([5, 5, 4.5, 3.4]);
  const counts = Array.from({ length: 40 }, (_, i) => 1_000 * (i + 1));
  const shown = counts.map((rows) => rows * fullEpochs(rows));
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(planTuning(12_500)).toEqual({ epochs: 3.6, rows: 12_500 });
  expect(planTuning(13_084, 60)).toEqual({ epochs: 1, rows: 10_000 });
});
