import { describe, expect, it } from 'vitest';
import { alignRows } from '../../../../src/main/values/align/align-rows.ts';
import type { AlignedValue, AlignRow } from '../../../../src/main/values/alignment.ts';
import type { SlotType } from '../../../../src/shared/domain/form/form.ts';
import type { Json } from '../../../../src/shared/domain/json.ts';
import { makeForm } from '../../../helpers/make-form.ts';

/** 2019-03-01 is a Friday. */
const referenceDate = '2019-03-01';

function alignOne(text: string, type: SlotType, value: Json, reference?: string): string {
  const row: AlignRow = {
    text,
    frame: 0,
    values: [{ slot: 0, value }],
    ...(reference !== undefined && { referenceDate: reference }),
  };
  return show(row, alignRows([row], makeForm([{ name: 'x', type }])).rows[0]![0]!);
}

function show({ text }: AlignRow, { kind, span, suggestion }: AlignedValue): string {
  const place = span ?? suggestion;
  return place ? `${kind}: ${text.slice(place.start, place.end)}` : kind;
}

describe('a value that the text writes in another way', () => {
  it.each<[string, SlotType, Json, string]>([
    ['Meet on March 8th, please', 'date', '2019-03-08', 'normalised: March 8th'],
    ['Meet on the 8th of March 2020.', 'date', '2020-03-08', 'normalised: the 8th of March 2020'],
    ['Meet on the 8th of March 2020.', 'date', '2019-03-08', 'absent'],
    ['Meet on 3/8', 'date', '2019-03-08', 'normalised: 3/8'],
    ['Meet on 8.3.2019', 'date', '03/08/2019', 'normalised: 8.3.2019'],
    ['next Friday evening', 'string', '2019-03-08', 'normalised: next Friday'],
    ['see you tomorrow', 'date', '2019-03-02', 'normalised: tomorrow'],
    ['see you tomorrow', 'date', '2019-03-03', 'absent'],
    ['at half past 11 in the morning', 'time', '11:30', 'normalised: half past 11 in the morning'],
    ['at 5:30 pm', 'time', '17:30', 'normalised: 5:30 pm'],
    ['in 3/8/2019', 'date', '3/8/2019', 'exact: 3/8/2019'],
    ['stay for 3 days', 'string', '3', 'exact: 3'],
    ['stay for 3 days', 'integer', 3, 'normalised: 3 days'],
    ['the 1992 ep', 'string', '1992', 'exact: 1992'],
    ['at 5pm sharp', 'time', '17:00', 'normalised: 5pm'],
    ['at 5 am', 'time', '17:00', 'absent'],
    ['quarter to seven tonight', 'string', '6:45 pm', 'normalised: quarter to seven'],
    ['tomorrow at 5 pm', 'date-time', '2019-03-02T17:00:00', 'normalised: tomorrow at 5 pm'],
    ['call at 5 pm', 'date-time', '2019-03-01T17:00:00', 'normalised: 5 pm'],
    ['a table for two people', 'integer', 2, 'normalised: two'],
    ['two hundred and five boxes', 'number', 205, 'normalised: two hundred and five'],
    ['send $1,200.50 now', 'number', 1200.5, 'normalised: $1,200.50'],
    ['it takes half an hour', 'integer', 30, 'normalised: half an hour'],
    ['it costs fifty bucks', 'string', '$50', 'normalised: fifty bucks'],
    ['5 kilometers away', 'string', '5 km', 'normalised: 5 kilometers'],
    ['5 miles away', 'string', '5 km', 'absent'],
    ['the 5th of March', 'integer', 7, 'absent'],
    ['a twenty-twenty vision', 'integer', 20, 'ambiguous'],
  ])('%j, %s %j: %s', (text, type, value, expected) => {
    expect(alignOne(text, type, value, referenceDate)).toBe(expected);
  });

  it('tells which share of the values counts from a reference date', () => {
    const texts = ['on March 8th', 'on March 8th 2019', 'on 2019-03-08', 'soon'];
    const rows = texts.map(
      (text): AlignRow => ({ text, frame: 0, values: [{ slot: 0, value: '2019-03-08' }] }),
    );
    const { slots } = alignRows(rows, makeForm([{ name: 'x', type: 'date' }]));
    expect(slots[0]).toMatchObject({ learnableShare: 0.75, relativeShare: 0.25 });
  });

  it('matches a relative date to nothing when its day is not known', () => {
    expect(alignOne('see you tomorrow', 'date', '2019-03-02')).toBe('absent');
  });

  it('does not take the hour of a time for a number when the number stands elsewhere', () => {
    expect(alignOne('for five at 5 pm', 'integer', 5)).toBe('normalised: five');
  });

  it('does not trust a bare number as a time, unless such neighbours are usual', () => {
    expect(alignOne('come at 5', 'time', '17:00')).toBe('ambiguous');
    const sure = Array.from(
      { length: 8 },
      (_, i): AlignRow => ({
        text: `come at ${1 + i} pm`,
        frame: 0,
        values: [{ slot: 0, value: `${13 + i}:00` }],
      }),
    );
    const others = Array.from(
      { length: 8 },
      (_, i): AlignRow => ({
        text: `give me ${i} apples from the green tree`,
        frame: 0,
        values: [],
      }),
    );
    const open: AlignRow = { text: 'come at 5', frame: 0, values: [{ slot: 0, value: '17:00' }] };
    const { rows } = alignRows([...sure, ...others, open], makeForm([{ name: 'x', type: 'time' }]));
    expect(show(open, rows.at(-1)![0]!)).toBe('normalised: 5');
  });

  it('keeps dates, times and numbers of one row apart', () => {
    const row: AlignRow = {
      text: 'Book for two at half past 6 in the evening on March 8th',
      frame: 0,
      referenceDate,
      values: [
        { slot: 0, value: '2019-03-08' },
        { slot: 1, value: '18:30' },
        { slot: 2, value: 2 },
      ],
    };
    const form = makeForm([{ name: 'date' }, { name: 'time' }, { name: 'n', type: 'integer' }]);
    expect(alignRows([row], form).rows[0]!.map((value) => show(row, value))).toEqual([
      'normalised: March 8th',
      'normalised: half past 6 in the evening',
      'normalised: two',
    ]);
  });
});

describe('a value that is nearly there', () => {
  it.each([
    ['play Way Down Yondr in town', 'Way Down Yonder', 'fuzzy: Way Down Yondr'],
    ['fly to Barcelonna today', 'Barcelona', 'fuzzy: Barcelonna'],
    ['fly to Madrid today', 'Barcelona', 'absent'],
    // Nothing is nearer than the other.
    ['from Lisbona to Lisbonx', 'Lisbon', 'absent'],
    ['cat', 'bat', 'absent'],
  ])('%j, %j: %s', (text, value, expected) => {
    expect(alignOne(text, 'string', value)).toBe(expected);
  });
});

describe('a value that another surface stands for', () => {
  const form = makeForm([{ name: 'city' }]);
  const row = (text: string, value: string): AlignRow => ({
    text,
    frame: 0,
    values: [{ slot: 0, value }],
  });
  const others = ['Rome', 'Oslo', 'Bern', 'Lima', 'Cork'].map((city) =>
    row(`a hotel in ${city} for tonight`, city),
  );
  const abbreviated = ['a hotel in SF', 'fly me to SF', 'weather for SF?', 'SF, two nights'].map(
    (text) => row(text, 'San Francisco'),
  );
  const kinds = (rows: readonly AlignRow[]) =>
    alignRows(rows, form).rows.map((values, i) => show(rows[i]!, values[0]!));

  it('is found, and given back by the normaliser', () => {
    const rows = [...others, ...abbreviated];
    const { normaliser, slots } = alignRows(rows, form);
    expect(kinds(rows).slice(-4)).toEqual(Array(4).fill('alias: SF'));
    expect(normaliser.slots[0]!.aliases).toEqual({ sf: 'San Francisco' });
    expect(slots[0]!.learnableShare).toBe(1);
  });

  it('is not learnt from rows that are no witnesses', () => {
    const rows = [...others, ...abbreviated];
    const { normaliser } = alignRows(rows, form, (row) => row < others.length);
    expect(normaliser.slots[0]!.aliases).toEqual({});
  });

  it('is known in other fields that have the same value', () => {
    const both = makeForm([{ name: 'city' }, { name: 'origin' }]);
    const sure: AlignRow = {
      text: 'leaving from San Francisco',
      frame: 0,
      values: [{ slot: 1, value: 'San Francisco' }],
    };
    const { normaliser } = alignRows([...others, ...abbreviated, sure], both);
    expect(normaliser.slots[1]!.aliases).toEqual({ sf: 'San Francisco' });
  });

  it('is not found from too few rows', () => {
    expect(kinds([...others, ...abbreviated.slice(1)]).slice(-3)).toEqual(Array(3).fill('absent'));
  });

  it('is not made of words that rows without the value have, too', () => {
    const rows = [...others, ...others, ...others].map(({ text }) => row(text, 'Rome'));
    expect(kinds([...others, ...rows.filter(({ text }) => !text.includes('Rome'))])).not.toContain(
      expect.stringMatching(/^alias/),
    );
  });
});
