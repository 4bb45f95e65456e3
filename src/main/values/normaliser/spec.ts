import type { Json } from '../../../shared/domain/json.ts';

/**
 * What turns the surfaces of a text into values, as plain JSON: it goes into the student's folder, and three programs
 * read it (this one, run/normalise.mjs and run/normalise.py). Whatever can be a table is one, so that they stay small.
 */
export interface NormaliserSpec {
  readonly version: 1;
  readonly tables: NormaliserTables;
  /** Shapes: as `form.slots`. */
  readonly slots: readonly SlotNormaliser[];
}

/** A regular expression that JavaScript and Python read alike on ASCII, and what replaces its matches (`$1`). */
export type Replacement = readonly [pattern: string, replacement: string];

/** A way to say something. The pattern fits a whole prepared surface; its named groups are the parts of a reading. */
export interface Rule {
  readonly pattern: string;
  /** Parts that the wording itself gives. */
  readonly set?: Readonly<Record<string, string>>;
  /** So short that it may well mean something else. */
  readonly isWeak?: true;
}

export type ReadingKind = 'date' | 'time' | 'number';

export interface NormaliserTables {
  /** Ranges of code points that folding drops, and characters that it writes in one way. */
  readonly fold: {
    readonly dropped: readonly (readonly [number, number])[];
    readonly replaced: Readonly<Record<string, string>>;
  };
  /** Preparing a surface: these on the folded text, then words to digits, then `finish`. */
  readonly clean: readonly Replacement[];
  readonly finish: readonly Replacement[];
  /** Number words: the number, and what may be added to it: numbers below `room`. */
  readonly numbers: Readonly<Record<string, readonly [value: number, room: number]>>;
  /** Words that multiply what stands before them, and those that order it, as the number word they come from. */
  readonly multipliers: Readonly<Record<string, number>>;
  readonly ordinals: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<ReadingKind, readonly Rule[]>>;
  readonly months: Readonly<Record<string, number>>;
  /** 0 is Sunday. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** Days from the reference date. */
  readonly relativeDays: Readonly<Record<string, number>>;
  /** Days that are the same in each year: month and day. */
  readonly feasts: Readonly<Record<string, readonly [month: number, day: number]>>;
  /** Parts of a day and marks of its halves: `am`, `pm`, or `night`, which is both. */
  readonly dayParts: Readonly<Record<string, string>>;
  /** Hours with a name of their own. */
  readonly hours: Readonly<Record<string, number>>;
  readonly magnitudes: Readonly<Record<string, number>>;
  /** Names of units, and for each unit what it measures and how large it is. */
  readonly units: Readonly<Record<string, string>>;
  readonly unitSizes: Readonly<Record<string, readonly [measures: string, size: number]>>;
  /** For writing; January and Sunday come first. */
  readonly monthNames: readonly string[];
  readonly weekdayNames: readonly string[];
}

export interface SlotNormaliser {
  readonly name: string;
  readonly format: ValueFormat;
  /** Values of folded surfaces that the format does not explain. */
  readonly aliases: Readonly<Record<string, Json>>;
  /** Surfaces and values that it was chosen on, and the share of them that it reproduces (1 without any). */
  readonly pairCount: number;
  readonly reproducedShare: number;
}

export const letterCases = ['as-written', 'lower', 'upper', 'capitalised', 'title'] as const;
/** `capitalised` raises the first letter of each word and keeps the others; `title` lowers the others. */
export type LetterCase = (typeof letterCases)[number];

/** How what a date leaves open is closed. What the training pairs agree with best is chosen. */
export interface DateConventions {
  /** What the first of two numbers is. */
  readonly order: 'month-first' | 'day-first';
  /** A day without its year or month is the first from the reference date on, the last before it, or within its year. */
  readonly missing: 'coming' | 'past' | 'same';
  /** "Next Friday": the first after the reference date, the one after that, or the one of the next week. */
  readonly next: 'coming' | 'skip' | 'week';
  /** Whether "Friday", said on a Friday, is the same day. */
  readonly isToday: boolean;
  /** First day of the week, 0 is Sunday. */
  readonly weekStart: 0 | 1;
}

export interface TimeConventions {
  /** Hours below this that do not say their half of the day are in the afternoon. */
  readonly afternoonBelow: number;
}

/** `{YYYY}-{MM}-{DD}`: names in braces are replaced by the parts of a date or time, see `writeTemplate`. */
export type Template = string;

/** `fallback` tells how a surface that cannot be read is written where the slot may hold any text. */
interface Fallback {
  readonly fallback?: LetterCase;
}

export type DateFormat = Fallback & {
  readonly kind: 'date';
  readonly template: Template;
  readonly conventions: DateConventions;
};
export type TimeFormat = Fallback & {
  readonly kind: 'time';
  readonly template: Template;
  /** For times without minutes, where they are written differently. */
  readonly wholeHourTemplate?: Template;
  readonly conventions: TimeConventions;
};
export type DateTimeFormat = Fallback & {
  readonly kind: 'date-time';
  readonly template: Template;
  readonly conventions: DateConventions & TimeConventions;
};
export type NumberFormat = Fallback & {
  readonly kind: 'number';
  /** `{n}` and `{unit}` are replaced; without a template the value is a JSON number. */
  readonly template?: Template;
  readonly isGrouped?: boolean;
  /** Digits after the point, where they are always the same. */
  readonly decimals?: number;
  /** What the value is counted in; what is said in another unit of the same kind is converted. */
  readonly unit?: string;
  /** How the units are written, for one and for many. */
  readonly unitNames?: Readonly<Record<string, readonly [one: string, many: string]>>;
  readonly isInteger?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
};

export type ValueFormat =
  | { readonly kind: 'text'; readonly letterCase: LetterCase }
  /** The aliases say it all. */
  | { readonly kind: 'listed' }
  | DateFormat
  | TimeFormat
  | DateTimeFormat
  | NumberFormat;
