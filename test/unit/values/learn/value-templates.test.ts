import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  dateTemplates,
  dateTimeTemplates,
  timeTemplates,
} from '../../../../src/main/values/learn/value-templates.ts';
import { fromDayNumber } from '../../../../src/main/values/normaliser/calendar.ts';
import { dateParts, timeParts, writeParts } from '../../../../src/main/values/normaliser/write.ts';
import { tables } from '../../../../src/main/values/tables/tables.ts';

const dates = [
  '{YYYY}-{MM}-{DD}',
  '{M}/{D}/{YY}',
  '{DD}.{MM}.{YYYY}',
  '{D} {MMMM}',
  '{MMMM} {Do}, {YYYY}',
  '{dddd}, {D} {MMM.upper} {YYYY}',
  '{ddd.lower} {MMM.lower} {D}',
];
const times = ['{HH}:{mm}', '{H}:{mm}:{ss}', '{h}:{mm} {a}', '{hh}:{mm}{A}', '{h}.{mm} {aa}'];
const someDay = fc.integer({ min: -40_000, max: 40_000 }).map(fromDayNumber);
const someTime = fc.record({
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  second: fc.integer({ min: 0, max: 59 }),
  isHalfKnown: fc.constant(true),
});

it('finds again the template that wrote a date', () => {
  fc.assert(
    fc.property(someDay, fc.constantFrom(...dates), (day, template) => {
      expect(dateTemplates(writeParts(template, dateParts(day, tables)))).toContain(template);
    }),
  );
});

it('finds again the template that wrote a time', () => {
  fc.assert(
    fc.property(someTime, fc.constantFrom(...times), (time, template) => {
      expect(timeTemplates(writeParts(template, timeParts(time)))).toContain(template);
    }),
  );
});

it('finds again the templates of a date and a time', () => {
  fc.assert(
    fc.property(someDay, someTime, fc.constantFrom('T', ' ', ' at '), (day, time, gap) => {
      const template = `{YYYY}-{MM}-{DD}${gap}{HH}:{mm}`;
      const parts = { ...dateParts(day, tables), ...timeParts(time) };
      expect(dateTimeTemplates(writeParts(template, parts))).toContain(template);
    }),
  );
});

it.each(['', 'soon', '12', '2019', '2019-13-01', '31 April', 'March', '5 of', 'a b c', '{M}/{D}'])(
  '%j is no date',
  (value) => expect(dateTemplates(value)).toEqual([]),
);

it.each(['', '5', '25:00', '12:60', '13:00 pm', 'noon-ish'])('%j is no time', (value) =>
  expect(timeTemplates(value)).toEqual([]),
);

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      for (const find of [dateTemplates, timeTemplates, dateTimeTemplates])
        expect(Array.isArray(find(value))).toBe(true);
    }),
  );
});
