import type { Json } from '../json.ts';
import { admits } from './admits.ts';
import { fewestValues } from './fewest-values.ts';
import type { Slot } from './form.ts';
import { findShortestMatch } from './shortest-match.ts';
import { textFormats, typeFormats } from './text-formats.ts';

/**
 * What stands for a value that a text does not give and the schema requires, so that an output keeps its shape: null
 * where that will do, else the shortest text, the number nearest to 0, false, the first choice, the shortest list. Such
 * a value is always named as missing and never counts as read. Undefined when none is found that the schema allows.
 */
export function neutralValue(slot: Slot): Json | undefined {
  if (slot.isNullable) return null;
  if (!slot.isList) return listNeutral(slot)[0];
  const items: readonly Json[] = listNeutral(slot);
  const count = fewestValues(slot);
  if (count === 0) return [];
  if (count > MOST_REQUIRED) return undefined;
  if (!slot.limits?.hasUniqueItems)
    return items.length > 0 ? Array.from({ length: count }, () => items[0]!) : undefined;
  return items.length >= count ? items.slice(0, count) : undefined;
}

/** Different values that say nothing, the plainest first; of numbers and texts the first few. */
function listNeutral(slot: Slot): Json[] {
  return [...new Set(propose(slot))].filter((value) => admits(slot, value));
}

function propose({ type, choices, minimum, maximum, limits = {} }: Slot): Json[] {
  switch (type) {
    case 'enum':
      return [...choices];
    case 'boolean':
      return [false, true];
    case 'integer':
    case 'number': {
      const low = Math.max(minimum ?? -Infinity, limits.above ?? -Infinity);
      const high = Math.min(maximum ?? Infinity, limits.below ?? Infinity);
      const unit = limits.multipleOf ?? 1;
      const from = Number.isFinite(low)
        ? Math.ceil(low / unit)
        : Math.min(0, Math.floor(high / unit));
      const steps = Array.from({ length: 2 * FEW }, (_, i) => toDecimals((from + i - FEW) * unit));
      const between = Number.isFinite(low) && Number.isFinite(high) ? [(low + high) / 2] : [];
      return [0, ...[...steps, low, high, ...between].sort((a, b) => Math.abs(a) - Math.abs(b))];
    }
    default: {
      const { minLength = 0, patterns = [] } = limits;
      if (minLength > MOST_REQUIRED) return [];
      const formed = typeFormats[type]?.neutral;
      const known = Object.values(textFormats).flatMap((format) => format?.neutral ?? []);
      const plain = Array.from({ length: FEW }, (_, i) => '-'.repeat(Math.max(minLength, i)));
      const matches = patterns.flatMap((pattern) => findShortestMatch(pattern) ?? []);
      const longer = matches.map((match) => match.padEnd(minLength, match.slice(-1) || '-'));
      return formed === undefined
        ? [...plain, ...matches, ...longer, ...known]
        : januaryDays.map((day) => formed.replace('-01-01', `-01-${day}`));
    }
  }
}

/** Without what counting in binary adds: 3 × 0.1 is 0.3. */
const toDecimals = (value: number) => Number(value.toPrecision(15));

/** Of the first month that there is, for a list of different days. A time of day has none and stays one. */
const januaryDays = Array.from({ length: 31 }, (_, i) => String(i + 1).padStart(2, '0'));
/** As many numbers or texts are tried. */
const FEW = 32;
/** A text or a list of which a schema asks more is not made up: it would stand in every output that lacks one. */
const MOST_REQUIRED = 10_000;
