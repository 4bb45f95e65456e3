import { describe, expect, it } from 'vitest';
import { learnNormaliser } from '../../../../src/main/values/learn/learn-normaliser.ts';
import { createNormaliser } from '../../../../src/main/values/normaliser/normaliser.ts';
import { createReader } from '../../../../src/main/values/normaliser/reader.ts';
import { tables } from '../../../../src/main/values/tables/tables.ts';
import type { Slot } from '../../../../src/shared/domain/form/form.ts';
import type { Json } from '../../../../src/shared/domain/json.ts';
import { makeForm } from '../../../helpers/make-form.ts';

/** 2019-03-01 is a Friday. */
const referenceDate = '2019-03-01';

function learn(
  slot: Partial<Slot>,
  pairs: readonly (readonly [surface: string, value: Json])[],
  more: readonly Json[] = [],
) {
  const form = makeForm([{ name: 'x', ...slot }]);
  const values = [...pairs.map(([, value]) => value), ...more].map((value) => ({
    value,
    count: 1,
  }));
  const spec = learnNormaliser(
    pairs.map(([surface, value]) => ({ slot: 0, surface, value, referenceDate })),
    [values],
    form,
    createReader(tables),
  );
  const normalise = createNormaliser(spec, form);
  return {
    ...spec.slots[0]!,
    say: (surface: string, reference: string | undefined = referenceDate) =>
      normalise(0, surface, reference === undefined ? {} : { referenceDate: reference }),
    sayLater: (surface: string) => normalise(0, surface),
  };
}

describe('dates', () => {
  it.each([
    ['2019-03-08', '2019-12-31'],
    ['03/08/2019', '12/31/2019'],
    ['3/8/19', '12/31/19'],
    ['08.03.2019', '31.12.2019'],
    ['8 March', '31 December'],
    ['March 8th, 2019', 'December 31st, 2019'],
    ['Friday, 8 Mar 2019', 'Tuesday, 31 Dec 2019'],
    ['fri mar 8', 'tue dec 31'],
  ])('are written as the teacher does: %s', (known, expected) => {
    const { say } = learn({}, [['March 8', known]], [expected]);
    expect(say('the 31st of December')).toEqual({ value: expected });
  });

  it('tells day and month apart by the other values', () => {
    const dayFirst = learn({ type: 'date' }, [['March 8', '08/03/2019']], ['25/03/2019']);
    const monthFirst = learn({ type: 'date' }, [['March 8', '03/08/2019']], ['03/25/2019']);
    expect(dayFirst.say('April 5')).toEqual({ value: '05/04/2019' });
    expect(monthFirst.say('April 5')).toEqual({ value: '04/05/2019' });
  });

  it('reads two numbers in the order that the pairs have', () => {
    const { say } = learn({ type: 'date' }, [
      ['8/3', '2019-03-08'],
      ['9/4', '2019-04-09'],
    ]);
    expect(say('10/5')).toEqual({ value: '2019-05-10' });
  });

  it('takes "next" as the teacher does', () => {
    const week = learn({ type: 'date' }, [['next Saturday', '2019-03-09']]);
    const coming = learn({ type: 'date' }, [['next Saturday', '2019-03-02']]);
    expect(week.say('next Sunday')).toEqual({ value: '2019-03-10' });
    expect(coming.say('next Sunday')).toEqual({ value: '2019-03-03' });
  });

  it('looks back where the teacher does', () => {
    const { say } = learn({ type: 'date' }, [['May 4', '2018-05-04']]);
    expect(say('the 7th of June')).toEqual({ value: '2018-06-07' });
  });

  it('never learns a relative date by heart', () => {
    const { aliases, sayLater } = learn({}, [
      ['tomorrow', '2019-03-07'],
      ['next friday', '2019-03-20'],
    ]);
    expect(aliases).toEqual({});
    expect(sayLater('tomorrow')).toEqual({ problem: 'needs-reference-date' });
  });

  it('learns names of days that no rule knows', () => {
    const { say } = learn({ type: 'date' }, [['Star Wars Day', '2019-05-04']]);
    expect(say('star wars day')).toEqual({ value: '2019-05-04' });
  });

  it('writes as JSON Schema says when there is nothing to learn from', () => {
    expect(learn({ type: 'date' }, []).say('March 8')).toEqual({ value: '2019-03-08' });
  });
});

describe('times', () => {
  it.each([
    ['17:30', '09:00'],
    ['5:30 pm', '9:00 am'],
    ['05:30:00 PM', '09:00:00 AM'],
    ['5.30 p.m.', '9.00 a.m.'],
  ])('are written as the teacher does: %s', (known, expected) => {
    const { say } = learn({}, [['half past five in the afternoon', known]], [expected]);
    expect(say('nine in the morning')).toEqual({ value: expected });
  });

  it('writes whole hours apart where the teacher does', () => {
    const { say } = learn({}, [
      ['5:30 in the evening', '5:30 pm'],
      ['seven in the evening', '7 pm'],
    ]);
    expect(say('20:00')).toEqual({ value: '8 pm' });
    expect(say('20:15')).toEqual({ value: '8:15 pm' });
  });

  it('takes bare hours for the half of the day that they were taken for', () => {
    const { say } = learn({ type: 'time' }, [
      ['7', '19:00'],
      ['8', '20:00'],
      ['10', '10:00'],
    ]);
    expect(say('6')).toEqual({ value: '18:00' });
    expect(say('11')).toEqual({ value: '11:00' });
  });
});

describe('numbers', () => {
  it('counts in the unit that gives the values back', () => {
    const { say, reproducedShare } = learn({ type: 'number' }, [
      ['half an hour', 30],
      ['two hours', 120],
      ['45 minutes', 45],
    ]);
    expect(reproducedShare).toBe(1);
    expect(say('an hour')).toEqual({ value: 60 });
    expect(say('10')).toEqual({ value: 10 });
  });

  it('takes the unit that the schema states', () => {
    const { say } = learn({ type: 'number', unit: 'km' }, [['5 km', 5]]);
    expect(say('2000 m')).toEqual({ value: 2 });
  });

  it('writes amounts as the teacher does', () => {
    const { say } = learn({}, [
      ['25 dollars', '$25.00'],
      ['twelve hundred bucks', '$1,200.00'],
    ]);
    expect(say('three thousand dollars and')).toEqual({ value: 'three thousand dollars and' });
    expect(say('three thousand dollars')).toEqual({ value: '$3,000.00' });
  });

  it('holds the bounds of the schema', () => {
    const { say } = learn({ type: 'integer', minimum: 1, maximum: 9 }, [['two', 2]]);
    expect(say('ten')).toEqual({ problem: 'unreadable' });
    expect(say('2.5')).toEqual({ problem: 'unreadable' });
  });
});

describe('texts', () => {
  it.each<[string, [string, string][], string, string]>([
    [
      'as written',
      [
        ['New York', 'New York'],
        ['oslo', 'oslo'],
      ],
      'ROME',
      'ROME',
    ],
    [
      'lower',
      [
        ['New York', 'new york'],
        ['Oslo', 'oslo'],
      ],
      'ROME',
      'rome',
    ],
    [
      'title',
      [
        ['new york', 'New York'],
        ['OSLO', 'Oslo'],
      ],
      'la PAZ',
      'La Paz',
    ],
  ])('%s', (_, pairs, surface, expected) => {
    expect(learn({}, pairs).say(surface)).toEqual({ value: expected });
  });

  it('learns exceptions by heart when they always mean the same', () => {
    const { aliases } = learn({}, [
      ['Rome', 'Rome'],
      ['Paris', 'Paris'],
      ['NYC', 'New York'],
      ['the city', 'Rome'],
      ['the city', 'Paris'],
    ]);
    expect(aliases).toEqual({ nyc: 'New York' });
  });

  it('keeps to texts when only some of them look like numbers', () => {
    const { say } = learn({}, [
      ['1984', '1984'],
      ['two', 'two'],
      ['the road', 'the road'],
    ]);
    expect(say('three')).toEqual({ value: 'three' });
  });
});

it('knows yes and no, and the names of an enum', () => {
  expect(learn({ type: 'boolean' }, []).say('Yes')).toEqual({ value: true });
  const { say } = learn({ type: 'enum', choices: ['GOLD', 3] }, [['golden', 'GOLD']]);
  expect(['gold', '3', 'golden', 'silver'].map((surface) => say(surface))).toEqual([
    { value: 'GOLD' },
    { value: 3 },
    { value: 'GOLD' },
    { problem: 'unreadable' },
  ]);
});

it('refuses a spec of another form', () => {
  const form = makeForm([{ name: 'x' }]);
  const spec = learnNormaliser([], [[]], form, createReader(tables));
  expect(() => createNormaliser(spec, makeForm([{ name: 'y' }]))).toThrow(/other fields/);
});
