import type { Slot } from './form.ts';

/** How many values a slot has at least where its object requires it: null and an empty list are answers, too. */
export function fewestValues({
  isList,
  isNullable,
  limits,
}: Pick<Slot, 'isList' | 'isNullable' | 'limits'>): number {
  if (isNullable) return 0;
  return isList ? (limits?.minItems ?? 0) : 1;
}
