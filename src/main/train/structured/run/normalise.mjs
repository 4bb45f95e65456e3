// Turns surfaces of a text into values as the teacher writes them, without Stillroom. The spec carries all tables.
//   createNormaliser(spec)(slot, surface, referenceDate)  gives {value} or {problem}

import { createFold, createRead, has, tidy } from './surface.mjs';

const DAY_MS = 86_400_000;
const modulo = (dividend, divisor) => ((dividend % divisor) + divisor) % divisor;
const pad = (number, length = 2) => String(number).padStart(length, '0');
const unreadable = { problem: 'unreadable' };
const needsReferenceDate = { problem: 'needs-reference-date' };

// Days are {year, month, day}; numbers of days count from 1970-01-01, a Thursday.
const daysInMonth = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const isDay = ({ year, month, day }) =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
const toNumber = ({ year, month, day }) => Date.UTC(year, month - 1, day) / DAY_MS;
function fromNumber(number) {
  const date = new Date(number * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
const weekdayOf = (day) => modulo(toNumber(day) + 4, 7);
function addMonths({ year, month, day }, count) {
  const index = year * 12 + month - 1 + count;
  const [y, m] = [Math.floor(index / 12), modulo(index, 12) + 1];
  return { year: y, month: m, day: Math.min(day, daysInMonth(y, m)) };
}
function parseDay(text) {
  const found = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})/.exec(text ?? '');
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map(Number);
  return isDay({ year, month, day }) ? { year, month, day } : undefined;
}

function toYear(text) {
  const digits = text.replace(/[' ]/g, '');
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

// A month and a day that are named, with the year if that is, too.
function fixedDay({ y, m, d, a, b, f }, { months, feasts }, order) {
  const year = y === undefined ? undefined : toYear(y);
  if (f !== undefined) return { year, month: feasts[f][0], day: feasts[f][1] };
  if (m !== undefined) return { year, month: has(months, m) ? months[m] : Number(m), day: Number(d) };
  if (a === undefined) return undefined;
  const isMonthFirst = Number(b) > 12 || (order === 'month-first' && Number(a) <= 12);
  const [month, day] = isMonthFirst ? [Number(a), Number(b)] : [Number(b), Number(a)];
  return { year, month, day };
}

function closeYear(found, missing, reference) {
  if (!isDay({ ...found, year: found.year ?? 2000 })) return 'unreadable';
  if (found.year !== undefined || !reference) return found;
  const order = 100 * (found.month - reference.month) + found.day - reference.day;
  const step = missing === 'coming' && order < 0 ? 1 : missing === 'past' && order > 0 ? -1 : 0;
  const day = { ...found, year: reference.year + step };
  return isDay(day) ? day : 'unreadable';
}

function daysUntil({ q, wk, late }, weekday, today, { next, isToday, weekStart }) {
  const coming = modulo(weekday - today - 1, 7) + 1;
  const within = modulo(weekday - weekStart, 7) - modulo(today - weekStart, 7);
  const isLast = (word) => ['last', 'past', 'this past'].includes(word);
  if (wk !== undefined) return within + (isLast(wk) ? -7 : wk === 'this' ? 0 : 7);
  if (isLast(q)) return -(modulo(today - weekday - 1, 7) + 1);
  if (q === 'next' && next !== 'coming') return next === 'skip' ? coming + 7 : within + 7;
  if (q === 'next' || q === 'following') return coming;
  if (late !== undefined) return coming + 7;
  return coming === 7 && isToday ? 0 : coming;
}

// A day (its year undefined where nothing tells it), or the problem.
function resolveDate(parts, tables, conventions, reference) {
  const fixed = fixedDay(parts, tables, conventions.order);
  if (fixed) return closeYear(fixed, conventions.missing, reference);
  if (!reference) return 'needs-reference-date';
  const today = toNumber(reference);
  const { r, u, w, d, n, nm, back } = parts;
  if (r !== undefined) return fromNumber(today + tables.relativeDays[r]);
  if (u !== undefined) {
    const count = (/^[0-9]/.test(n) ? Number(n) : 1) * (back ? -1 : 1);
    if (u === 'month') return addMonths(reference, count);
    if (u === 'year') return addMonths(reference, 12 * count);
    return fromNumber(today + count * { day: 1, week: 7, fortnight: 14 }[u]);
  }
  if (w !== undefined)
    return fromNumber(today + daysUntil(parts, tables.weekdays[w], weekdayOf(reference), conventions));
  const day = Number(d);
  const { missing } = conventions;
  const isComing = nm !== undefined || (missing === 'coming' && day < reference.day);
  const step = isComing ? 1 : missing === 'past' && day > reference.day ? -1 : 0;
  const { year, month } = addMonths({ ...reference, day: 1 }, step);
  return day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : 'unreadable';
}

function resolveTime({ h, min, s, ap, part, dir, name }, { dayParts, hours }, afternoonBelow) {
  if (name !== undefined) return { hour: hours[name], minute: 0, second: 0 };
  let [hour, minute] = [Number(h), Number(min ?? 0)];
  const second = Number(s ?? 0);
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  if (dir !== undefined && dir !== 'past' && dir !== 'after' && minute > 0) {
    minute = 60 - minute;
    hour = hour === 1 ? 12 : (hour + 23) % 24;
  }
  const half = dayParts[ap ?? part ?? ''];
  const isHalfKnown = half !== undefined || h.startsWith('0') || hour > 12 || hour === 0;
  if (half === 'pm' && hour < 12) hour += 12;
  else if (half === 'night' && hour >= 5 && hour < 12) hour += 12;
  else if ((half === 'am' || half === 'night') && hour === 12) hour = 0;
  else if (!isHalfKnown && hour < afternoonBelow) hour += 12;
  return { hour: hour % 24, minute, second };
}

function convert(number, from, to, { unitSizes }) {
  if (from === to) return number;
  const [measures, size] = unitSizes[from];
  const [measuresToo, sizeToo] = unitSizes[to];
  return measures === measuresToo ? tidy((number * size) / sizeToo) : undefined;
}

function resolveNumber({ neg, cur, n, mag, unit, n2, unit2 }, tables) {
  const id = tables.units[cur ?? unit ?? ''];
  const number = tidy(Number(n) * (mag === undefined ? 1 : tables.magnitudes[mag]));
  if (n2 === undefined) return { number: neg ? -number : number, unit: id };
  const rest = convert(Number(n2), tables.units[unit2], id, tables);
  return rest === undefined ? undefined : { number: tidy(number + rest), unit: id };
}

const fill = (template, parts) =>
  template.replace(/\{([A-Za-z.]+)\}/g, (whole, name) => parts[name] ?? whole);

function dateParts({ year, month, day }, { monthNames, weekdayNames }) {
  const suffix = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  const parts = { MM: pad(month), M: `${month}`, DD: pad(day), D: `${day}`, Do: `${day}${suffix}` };
  const names = { MMMM: monthNames[month - 1] };
  if (year !== undefined) {
    Object.assign(parts, { YYYY: pad(year, 4), YY: pad(year % 100) });
    names.dddd = weekdayNames[weekdayOf({ year, month, day })];
  }
  for (const [key, name] of Object.entries(names))
    for (const [k, form] of [[key, name], [key.slice(1), name.slice(0, 3)]])
      Object.assign(parts, { [k]: form, [`${k}.lower`]: form.toLowerCase(), [`${k}.upper`]: form.toUpperCase() });
  return parts;
}

function timeParts({ hour, minute, second }) {
  const [hour12, half] = [hour % 12 === 0 ? 12 : hour % 12, hour < 12 ? 'a' : 'p'];
  return {
    ...{ HH: pad(hour), H: `${hour}`, hh: pad(hour12), h: `${hour12}`, mm: pad(minute), ss: pad(second) },
    ...{ A: `${half.toUpperCase()}M`, a: `${half}m`, aa: `${half}.m.` },
  };
}

function writeNumber(number, decimals) {
  if (decimals === undefined) return String(number);
  const scaled = pad(Math.floor(number * 10 ** decimals + 0.5), decimals + 1);
  return decimals === 0 ? scaled : `${scaled.slice(0, -decimals)}.${scaled.slice(-decimals)}`;
}

function writeQuantity(number, unit, { template, decimals, isGrouped, unitNames, unit: usual }) {
  const [whole, fraction] = writeNumber(Math.abs(number), decimals).split('.');
  const grouped = isGrouped ? whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ',') : whole;
  const [one, many] = unitNames?.[unit ?? usual ?? ''] ?? ['', ''];
  const n = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return `${number < 0 ? '-' : ''}${fill(template, { n, unit: number === 1 ? one : many })}`;
}

function writeText(text, letterCase) {
  if (letterCase === 'lower') return text.toLowerCase();
  if (letterCase === 'upper') return text.toUpperCase();
  if (letterCase === 'as-written') return text;
  const rest = letterCase === 'title' ? text.toLowerCase() : text;
  return rest.replace(/(^|[ \t\n])([^ \t\n])/gu, (_, before, first) => before + first.toUpperCase());
}

export function createNormaliser({ tables, slots }) {
  const fold = createFold(tables.fold);
  const read = createRead(tables, fold);

  function date({ template, conventions }, surface, reference) {
    const parts = read('date', surface);
    if (!parts) return unreadable;
    const day = resolveDate(parts, tables, conventions, reference);
    if (typeof day === 'string') return { problem: day };
    if (day.year === undefined && /\{(?:YY|dd)/.test(template)) return needsReferenceDate;
    if (day.year !== undefined && (day.year < 1000 || day.year > 9999)) return unreadable;
    return { value: fill(template, dateParts(day, tables)) };
  }

  function time({ template, wholeHourTemplate, conventions }, surface) {
    const parts = read('time', surface);
    const found = parts && resolveTime(parts, tables, conventions.afternoonBelow);
    if (!found) return unreadable;
    const isWhole = found.minute === 0 && found.second === 0;
    return { value: fill(isWhole ? (wholeHourTemplate ?? template) : template, timeParts(found)) };
  }

  // The words are parted into a day and a time, in either order; a time alone is of the reference date.
  function dateTime({ template, conventions }, surface, reference) {
    const words = fold(surface).replace(/(?<=[0-9]{2})t(?=[0-9]{2}:)/g, ' ').split(' ');
    if (words.length > 16) return unreadable;
    for (let at = 0; at <= words.length; at++) {
      const [left, right] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
      for (const [day, hour] of [[left, right], [right, left]]) {
        const written = time({ template, conventions }, hour);
        if ('problem' in written) continue;
        const both = date({ template: written.value, conventions }, day || 'today', reference);
        if ('value' in both || both.problem === 'needs-reference-date') return both;
      }
    }
    return unreadable;
  }

  function number(format, surface) {
    const parts = read('number', surface);
    const found = parts && resolveNumber(parts, tables);
    if (!found) return unreadable;
    let { number, unit } = found;
    const isWritten = (id) => has(format.unitNames ?? {}, id);
    if (format.unit !== undefined && unit !== undefined && !isWritten(unit)) {
      const converted = convert(number, unit, format.unit, tables);
      if (converted !== undefined) [number, unit] = [converted, format.unit];
      else if (format.unitNames) return unreadable;
    }
    if (format.isInteger && !Number.isInteger(number)) return unreadable;
    if (number < (format.minimum ?? number) || number > (format.maximum ?? number)) return unreadable;
    return { value: format.template === undefined ? number : writeQuantity(number, unit, format) };
  }

  const readers = { date, time, 'date-time': dateTime, number };
  return (slot, surface, referenceDate) => {
    const { aliases, format } = slots[slot];
    const key = fold(surface);
    if (has(aliases, key)) return { value: aliases[key] };
    if (format.kind === 'text') return { value: writeText(surface, format.letterCase) };
    if (format.kind === 'listed') return unreadable;
    const result = readers[format.kind](format, surface, parseDay(referenceDate));
    const isLost = result.problem === 'unreadable' && format.fallback !== undefined;
    return isLost ? { value: writeText(surface, format.fallback) } : result;
  };
}
