import type { NormaliserTables } from '../normaliser/spec.ts';
import * as english from './english.ts';
import { foldTables } from './folding.ts';
import { clean, finish, rules } from './rules.ts';
import { unitSizes, units } from './units.ts';

/** All that the three readers of values know; a copy goes into every student's folder. */
export const tables: NormaliserTables = {
  fold: foldTables,
  clean,
  finish,
  rules,
  numbers: english.numbers,
  multipliers: english.multipliers,
  ordinals: english.ordinals,
  months: english.months,
  weekdays: english.weekdays,
  relativeDays: english.relativeDays,
  feasts: english.feasts,
  dayParts: english.dayParts,
  hours: english.hours,
  magnitudes: english.magnitudes,
  units,
  unitSizes,
  monthNames: english.monthNames,
  weekdayNames: english.weekdayNames,
};
