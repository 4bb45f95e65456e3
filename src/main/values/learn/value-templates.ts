import { isDay } from '../normaliser/calendar.ts';
import type { Template } from '../normaliser/spec.ts';
import { tables } from '../tables/tables.ts';

type Field = 'year' | 'month' | 'day' | 'weekday';
interface Piece {
  readonly template: string;
  readonly field?: Field;
  readonly number?: number;
}

/** Words that may stand in a written date without being part of it. */
const joiners = /^(?:of|the|t|at)$/i;
const MAX_UNITS = 40;

/** Every way to read a value as a date with month and day: all templates that would write it. */
export function dateTemplates(value: string): Template[] {
  if (value.length > MAX_UNITS || !/[0-9]/.test(value)) return [];
  const tokens = value.match(/[0-9]+(?:st|nd|rd|th)\b|[0-9]+|[A-Za-z]+|[^0-9A-Za-z]+/g) ?? [];
  const options = tokens.map(piecesOf);
  if (tokens.length > 12 || options.some((pieces) => pieces.length === 0)) return [];
  let partial: readonly (readonly Piece[])[] = [[]];
  for (const pieces of options)
    partial = partial.flatMap((before) =>
      pieces
        .filter(
          ({ field }) => field === undefined || before.every((other) => other.field !== field),
        )
        .map((piece) => [...before, piece]),
    );
  return partial.filter(isDated).map((pieces) => pieces.map(({ template }) => template).join(''));
}

function isDated(pieces: readonly Piece[]): boolean {
  const numberOf = (field: Field) => pieces.find((piece) => piece.field === field)?.number;
  const [month, day] = [numberOf('month'), numberOf('day')];
  if (month === undefined || day === undefined) return false;
  const order = pieces.flatMap(({ field }) => (field === undefined ? [] : [field]));
  // Nobody writes year, day, month.
  if (order[0] === 'year' && order.indexOf('day') < order.indexOf('month')) return false;
  return isDay({ year: numberOf('year') ?? 2000, month, day });
}

function piecesOf(token: string): Piece[] {
  if (/^[0-9]+[a-z]/.test(token))
    return [{ template: '{Do}', field: 'day', number: parseInt(token, 10) }];
  if (/^[0-9]/.test(token)) return numberPieces(token);
  if (!/^[A-Za-z]/.test(token)) return /[{}]/.test(token) ? [] : [{ template: token }];
  return joiners.test(token) ? [{ template: token }] : namePieces(token);
}

function numberPieces(token: string): Piece[] {
  const number = Number(token);
  if (token.length === 4) return [{ template: '{YYYY}', field: 'year', number }];
  if (token.length > 2) return [];
  const isPadded = token.length === 2;
  const pieces: Piece[] = [];
  for (const [letter, field, most] of [
    ['M', 'month', 12],
    ['D', 'day', 31],
  ] as const) {
    if (number < 1 || number > most) continue;
    // "12" may be either; the slot's other values tell.
    if (isPadded) pieces.push({ template: `{${letter}${letter}}`, field, number });
    if (!token.startsWith('0')) pieces.push({ template: `{${letter}}`, field, number });
  }
  if (isPadded) pieces.push({ template: '{YY}', field: 'year', number: 2000 + number });
  return pieces;
}

function namePieces(token: string): Piece[] {
  const lower = token.toLowerCase();
  for (const [names, numbers, long, field] of [
    [tables.monthNames, tables.months, 'MMMM', 'month'],
    [tables.weekdayNames, tables.weekdays, 'dddd', 'weekday'],
  ] as const) {
    const number = numbers[lower];
    if (number === undefined) continue;
    const name = names[number - (field === 'month' ? 1 : 0)]!;
    const isShort = lower.length === 3;
    if (!isShort && lower !== name.toLowerCase()) return [];
    const plain = isShort ? name.slice(0, 3) : name;
    const letterCase =
      token === plain
        ? ''
        : token === lower
          ? '.lower'
          : token === lower.toUpperCase()
            ? '.upper'
            : undefined;
    if (letterCase === undefined) return [];
    const key = isShort ? long.slice(1) : long;
    const piece = { template: `{${key}${letterCase}}`, field, number };
    // May is its own short form.
    return name.length === 3 ? [piece, { ...piece, template: `{${long}${letterCase}}` }] : [piece];
  }
  return [];
}

const timePattern =
  /^([0-9]{1,2})(?:([:.h])([0-9]{2}))?(?::([0-9]{2}))?(?:( ?)(am|pm|AM|PM|a\.m\.|p\.m\.))?$/;

/** Every way to read a value as a time of day. */
export function timeTemplates(value: string): Template[] {
  const match = timePattern.exec(value);
  if (!match) return [];
  const [, hour, separator, minute, second, space, half] = match;
  const number = Number(hour);
  if (minute === undefined && half === undefined) return [];
  if (Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return [];
  const rest =
    (minute === undefined ? '' : `${separator}{mm}`) + (second === undefined ? '' : ':{ss}');
  const isPadded = hour!.length === 2;
  const of = (letter: string) =>
    [
      ...(isPadded ? [letter + letter] : []),
      ...(isPadded && hour!.startsWith('0') ? [] : [letter]),
    ].map((name) => `{${name}}${rest}`);
  if (half === undefined) {
    if (number > 23) return [];
    return number >= 1 && number <= 12 ? [...of('H'), ...of('h')] : of('H');
  }
  if (number < 1 || number > 12) return [];
  const mark = half.includes('.') ? 'aa' : half === half.toUpperCase() ? 'A' : 'a';
  return of('h').map((template) => `${template}${space}{${mark}}`);
}

/** Every way to read a value as a day and a time. */
export function dateTimeTemplates(value: string): Template[] {
  if (value.length > MAX_UNITS || !/[0-9]/.test(value)) return [];
  const found: Template[] = [];
  for (const { 0: gap, index } of value.matchAll(/T| at |, | /g)) {
    const end = value.endsWith('Z') ? 'Z' : '';
    const left = value.slice(0, index);
    const right = value.slice(index + gap.length, value.length - end.length);
    for (const date of dateTemplates(left))
      for (const time of timeTemplates(right)) found.push(`${date}${gap}${time}${end}`);
    for (const time of timeTemplates(left))
      for (const date of dateTemplates(right)) found.push(`${time}${gap}${date}${end}`);
  }
  return found;
}
