import { fold } from '../text/fold.ts';
import { numberWordsToDigits } from './number-words.ts';
import type { NormaliserTables, ReadingKind, Replacement } from './spec.ts';

/** The parts that a rule found in a surface, by the names of its groups. */
export type Parts = Readonly<Record<string, string | undefined>>;

export interface Reading {
  readonly parts: Parts;
  readonly isWeak: boolean;
}

/** Reads surfaces as dates, times and numbers; what a reading means is for others to say. */
export interface Reader {
  readonly tables: NormaliserTables;
  /** Undefined when no rule fits the whole surface. */
  read(kind: ReadingKind, surface: string): Reading | undefined;
}

type Compiled<T> = readonly (readonly [RegExp, T])[];

function compile(replacements: readonly Replacement[]): Compiled<string> {
  return replacements.map(([pattern, replacement]) => [new RegExp(pattern, 'g'), replacement]);
}

function replaceAll(text: string, replacements: Compiled<string>): string {
  return replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text);
}

/** Longer surfaces are not read: dates and numbers are short, and patterns must not run long. */
const MAX_UNITS = 80;
/** Readings of each kind that are remembered: the same few surfaces come again and again. */
const MAX_KNOWN = 50_000;

export function createReader(tables: NormaliserTables): Reader {
  const clean = compile(tables.clean);
  const finish = compile(tables.finish);
  const compileRules = (kind: ReadingKind) =>
    tables.rules[kind].map((rule) => [new RegExp(`^(?:${rule.pattern})$`), rule] as const);
  const rules = {
    date: compileRules('date'),
    time: compileRules('time'),
    number: compileRules('number'),
  };

  function readAnew(kind: ReadingKind, surface: string): Reading | undefined {
    const words = numberWordsToDigits(replaceAll(fold(surface), clean), tables);
    const prepared = replaceAll(words, finish);
    for (const [pattern, { set, isWeak }] of rules[kind]) {
      const match = pattern.exec(prepared);
      if (match) return { parts: { ...set, ...match.groups }, isWeak: isWeak ?? false };
    }
    return undefined;
  }

  const known = {
    date: new Map<string, Reading | undefined>(),
    time: new Map<string, Reading | undefined>(),
    number: new Map<string, Reading | undefined>(),
  };
  return {
    tables,
    read(kind, surface) {
      if (surface.length > MAX_UNITS) return undefined;
      const readings = known[kind];
      if (readings.has(surface)) return readings.get(surface);
      const reading = readAnew(kind, surface);
      if (readings.size >= MAX_KNOWN) readings.clear();
      readings.set(surface, reading);
      return reading;
    },
  };
}
