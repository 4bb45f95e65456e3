import type { Parts } from './reader.ts';
import type { NormaliserTables, TimeConventions } from './spec.ts';

export interface ClockTime {
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Whether the surface says which half of the day it means. */
  readonly isHalfKnown: boolean;
}

/** The time of day that the parts of a surface mean; undefined when there is no such time. */
export function resolveTime(
  { h, min, s, ap, part, dir, name }: Parts,
  { dayParts, hours }: Pick<NormaliserTables, 'dayParts' | 'hours'>,
  { afternoonBelow }: TimeConventions,
): ClockTime | undefined {
  if (name !== undefined) return { hour: hours[name]!, minute: 0, second: 0, isHalfKnown: true };
  const second = Number(s ?? 0);
  let minute = Number(min ?? 0);
  let hour = Number(h);
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  const isBefore = dir !== undefined && !/^(?:past|after)$/.test(dir) && minute > 0;
  if (isBefore) {
    minute = 60 - minute;
    // "Quarter to one" is 12:45.
    hour = hour === 1 ? 12 : (hour + 23) % 24;
  }
  const half = dayParts[ap ?? part ?? ''];
  // 24-hour clocks alone write a zero first, and go past twelve.
  const isHalfKnown = half !== undefined || h!.startsWith('0') || hour > 12 || hour === 0;
  if (half === 'pm' && hour < 12) hour += 12;
  else if (half === 'night' && hour >= 5 && hour < 12) hour += 12;
  else if ((half === 'am' || half === 'night') && hour === 12) hour = 0;
  else if (!isHalfKnown && hour < afternoonBelow) hour += 12;
  return { hour: hour % 24, minute, second, isHalfKnown };
}
