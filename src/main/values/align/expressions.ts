import type { Span } from '../alignment.ts';
import type { Reader, Reading } from '../normaliser/reader.ts';
import type { ReadingKind } from '../normaliser/spec.ts';
import { tables } from '../tables/tables.ts';
import { fold } from '../text/fold.ts';

/** A stretch of a text that reads as a date, a time or a number. */
export interface Expression extends Span {
  readonly reading: Reading;
}

interface Token extends Span {
  /** Whether an expression may begin, go on, or end here. */
  readonly role: 'core' | 'glue' | 'outside';
}

/** Tokens that an expression has at most. */
const MAX_TOKENS = 12;

/** Words that only join the others: an expression has one of the others, too, and does not end with one. */
const glue = new Set(
  [
    'of',
    'the',
    'in',
    'at',
    'to',
    'a',
    'an',
    'and',
    'on',
    'from',
    'past',
    'after',
    'before',
    'till',
  ].concat(
    [
      'until',
      'o',
      'oh',
      'for',
      'this',
      'next',
      'last',
      'day',
      'with',
      'within',
      'coming',
      'following',
    ],
    [...`:./,-'’"%°$€£¥₹`],
  ),
);
/** Of these, what an expression may begin with. */
const openers = new Set([
  'the',
  'in',
  'a',
  'an',
  'this',
  'next',
  'last',
  'day',
  'within',
  'coming',
  'following',
  ...'-$€£¥₹',
]);
/** Of these, what it may end with. */
const closers = new Set(['day', '%', '°', 'last', '$', '€', '£', '¥', '₹']);

/** All words that a rule knows: of the tables, and written out in the patterns. */
const known = new Set(
  [
    ...[tables.numbers, tables.multipliers, tables.ordinals, tables.months, tables.weekdays],
    ...[tables.relativeDays, tables.feasts, tables.dayParts, tables.hours, tables.units],
    tables.magnitudes,
  ]
    .flatMap((table) => Object.keys(table))
    .concat(
      'st nd rd th am pm half quarter ago later hence weeks days months years fortnight fortnights time',
      'sharp hours minus point couple week month year upcoming now clock oclock s p m',
    )
    .flatMap((words) => words.split(/[ ']/)),
);

const tokenPattern = /[0-9]+|[\p{L}\p{M}]+|[^\s]/gu;

/** Roles that are remembered: the same words come again and again. */
const MAX_ROLES = 50_000;
const roles = new Map<string, Token['role']>();

function roleOf(token: string): Token['role'] {
  const remembered = roles.get(token);
  if (remembered !== undefined) return remembered;
  const word = fold(token);
  const isCore = /^[0-9]/.test(word) || known.has(word);
  const role = glue.has(word) ? 'glue' : isCore ? 'core' : 'outside';
  if (roles.size < MAX_ROLES) roles.set(token, role);
  return role;
}

function tokenise(text: string): Token[] {
  return Array.from(text.matchAll(tokenPattern), ({ 0: token, index }) => ({
    start: index,
    end: index + token.length,
    role: roleOf(token),
  }));
}

/**
 * The longest stretches of a text that read as the kind, left to right; none is part of a longer one. Each of those that
 * could be read as something else, too, such as a bare "5" as a time, has a weak reading.
 */
export function findExpressions(text: string, kind: ReadingKind, { read }: Reader): Expression[] {
  const tokens = tokenise(text);
  const found: Expression[] = [];
  for (let first = 0; first < tokens.length; ) {
    const expression = longestFrom(text, tokens, first, kind, (surface) => read(kind, surface));
    if (!expression) {
      first++;
      continue;
    }
    found.push(expression.expression);
    first = expression.next;
  }
  return found;
}

function longestFrom(
  text: string,
  tokens: readonly Token[],
  first: number,
  kind: ReadingKind,
  read: (surface: string) => Reading | undefined,
): { readonly expression: Expression; readonly next: number } | undefined {
  const wordAt = (i: number) => fold(text.slice(tokens[i]!.start, tokens[i]!.end));
  if (tokens[first]!.role === 'outside') return undefined;
  if (tokens[first]!.role === 'glue' && !openers.has(wordAt(first))) return undefined;
  if (isWithinWord(text, tokens[first]!.start)) return undefined;
  let limit = first;
  while (
    limit + 1 < tokens.length &&
    limit + 1 - first < MAX_TOKENS &&
    tokens[limit + 1]!.role !== 'outside'
  )
    limit++;

  const longest = (mayEnd: (word: string) => boolean) => {
    for (let last = limit; last >= first; last--) {
      const span = { start: tokens[first]!.start, end: tokens[last]!.end };
      const isLoose = tokens[last]!.role === 'glue' && !closers.has(wordAt(last));
      if (isLoose || !mayEnd(wordAt(last)) || isWithinWord(text, span.end)) continue;
      const reading = read(text.slice(span.start, span.end));
      if (reading) return { expression: { ...span, reading }, next: last + 1 };
    }
    return undefined;
  };
  // "Friday" rather than "Friday evening": the evening may be a value of its own.
  return (
    longest((word) => kind !== 'date' || !Object.hasOwn(tables.dayParts, word)) ??
    longest(() => true)
  );
}

/** Whether a word or a number goes on across an offset: "5" of "5th", "3" of "3.5". "5pm" parts where its digits end. */
function isWithinWord(text: string, offset: number): boolean {
  const around = text.slice(Math.max(0, offset - 2), offset + 2);
  const at = Math.min(2, offset);
  const [before, after] = [around.slice(0, at), around.slice(at)];
  if (/[\p{L}\p{M}]$/u.test(before) && /^[\p{L}\p{M}\p{N}]/u.test(after)) return true;
  if (/[0-9]$/.test(before) && /^(?:\p{L}|[.,:/][0-9])/u.test(after)) return true;
  return /(?:[0-9][.,:/]|[\p{L}\p{N}])$/u.test(before) && /^[0-9]/.test(after);
}
