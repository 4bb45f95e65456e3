import type { Split } from '../../shared/domain/example.ts';

/** What files call the splits; validation and test sets are data that a model is not fitted to. */
const splitNames: Readonly<Record<string, Split | undefined>> = {
  '': 'unassigned',
  unassigned: 'unassigned',
  train: 'train',
  training: 'train',
  calibration: 'calibration',
  calib: 'calibration',
  cal: 'calibration',
  validation: 'calibration',
  valid: 'calibration',
  val: 'calibration',
  dev: 'calibration',
  holdout: 'holdout',
  'hold-out': 'holdout',
  heldout: 'holdout',
  test: 'holdout',
  testing: 'holdout',
};

/** Reads the name of a split as files write it; undefined when it is none. */
export function toSplit(name: string): Split | undefined {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(splitNames, key) ? splitNames[key] : undefined;
}
