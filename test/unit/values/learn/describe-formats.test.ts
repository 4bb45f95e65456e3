import { expect, it } from 'vitest';
import type { AlignRow } from '../../../../src/main/values/alignment.ts';
import { describeFormats } from '../../../../src/main/values/learn/describe-formats.ts';
import type { SlotType } from '../../../../src/shared/domain/form/form.ts';
import type { Json } from '../../../../src/shared/domain/json.ts';
import { makeForm } from '../../../helpers/make-form.ts';

function describeValues(type: SlotType, values: readonly Json[], text = '') {
  const rows = values.map(
    (value): AlignRow => ({
      text,
      frame: 0,
      referenceDate: '2019-03-01',
      values: [{ slot: 0, value }],
    }),
  );
  return describeFormats(rows, makeForm([{ name: 'x', type }]))[0]!;
}

it('lets only witnesses say what is usual, and judges the others by it', () => {
  const values = ['8 March', '31 December', '2019-03-09', '2019-03-10', '2019-03-11'];
  const rows = values.map(
    (value): AlignRow => ({ text: '', frame: 0, values: [{ slot: 0, value }] }),
  );
  const form = makeForm([{ name: 'x', type: 'string' }]);
  const usual = (isWitness?: (row: number) => boolean) =>
    describeFormats(rows, form, isWitness).map(({ canonical, departures }) => ({
      canonical,
      departing: departures.map(({ row }) => row),
    }));
  expect(usual((row) => row < 2)).toEqual([{ canonical: 'D MMMM', departing: [2, 3, 4] }]);
  // Control: with a say of their own they are the usual ones.
  expect(usual()).toEqual([{ canonical: 'YYYY-MM-DD', departing: [0, 1] }]);
  expect(usual(() => false)).toEqual([]);
});

it('tells in which forms dates were written, and what the others would be', () => {
  expect(
    describeValues('string', ['8 March', '2019-03-09', '31 December', '12/10/2019', 'soon']),
  ).toEqual({
    slot: 0,
    kind: 'date',
    canonical: 'D MMMM',
    formats: [
      { format: 'D MMMM', count: 2, share: 0.4, example: '8 March' },
      { format: 'YYYY-MM-DD', count: 1, share: 0.2, example: '2019-03-09' },
      { format: 'MM/DD/YYYY', count: 1, share: 0.2, example: '12/10/2019' },
      { format: 'other', count: 1, share: 0.2, example: 'soon' },
    ],
    departures: [
      { row: 1, index: 0, value: '2019-03-09', proposed: '9 March' },
      { row: 3, index: 0, value: '12/10/2019', proposed: '10 December' },
      { row: 4, index: 0, value: 'soon' },
    ],
  });
});

it('asks for the form of JSON Schema where the field has one', () => {
  const { canonical, departures } = describeValues('date', ['8 March', '9 March', '2019-03-10']);
  expect(canonical).toBe('YYYY-MM-DD');
  expect(departures.map(({ proposed }) => proposed)).toEqual(['2019-03-08', '2019-03-09']);
});

it('reads a day first where the slot does', () => {
  const { departures } = describeValues('string', [
    '25.03.2019',
    '26.03.2019',
    '04/05/2019',
    '25/05/2019',
  ]);
  expect(departures.map(({ proposed }) => proposed)).toEqual(['04.05.2019', '25.05.2019']);
});

it('tells in which forms times and amounts were written', () => {
  const times = describeValues('string', ['17:00', '18:30', '5 pm']);
  expect(times).toMatchObject({ kind: 'time', canonical: 'HH:mm' });
  expect(times.departures).toEqual([{ row: 2, index: 0, value: '5 pm', proposed: '17:00' }]);

  const amounts = describeValues('string', ['$25', '$1,200', '30 dollars']);
  expect(amounts).toMatchObject({ kind: 'number', canonical: '$n' });
  expect(amounts.departures).toEqual([{ row: 2, index: 0, value: '30 dollars', proposed: '$30' }]);
});

it('tells spellings of one text apart, unless they are the author’s', () => {
  const values = ['Paris', 'Paris', 'paris', 'Rome'];
  expect(describeValues('string', values)).toMatchObject({
    kind: 'text',
    departures: [{ row: 2, index: 0, value: 'paris', proposed: 'Paris' }],
  });
  expect(describeValues('string', values, 'paris and Paris').departures).toEqual([]);
});

it('finds nothing to tell of one form', () => {
  expect(describeValues('date', ['2019-03-08', '2019-12-31']).departures).toEqual([]);
  expect(describeFormats([], makeForm([{ name: 'x' }]))).toEqual([]);
});
