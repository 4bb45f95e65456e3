import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignRows } from '../../../../src/main/values/align/align-rows.ts';
import type { AlignRow } from '../../../../src/main/values/alignment.ts';
import type { Json } from '../../../../src/shared/domain/json.ts';
import { makeForm } from '../../../helpers/make-form.ts';

const form = makeForm([{ name: 'from' }, { name: 'to' }, { name: 'what', isNullable: true }]);

function row(text: string, ...values: readonly (readonly [number, Json])[]): AlignRow {
  return { text, frame: 0, values: values.map(([slot, value]) => ({ slot, value })) };
}

/** Kind and surface of each value. */
function align(rows: readonly AlignRow[]): string[][] {
  return alignRows(rows, form).rows.map((values, i) =>
    values.map(({ kind, span }) =>
      span ? `${kind}: ${rows[i]!.text.slice(span.start, span.end)}` : kind,
    ),
  );
}

describe('where values stand', () => {
  it.each<[string, Json, string]>([
    ['Fly to Paris.', 'Paris', 'exact: Paris'],
    ['Fly to PARIS.', 'Paris', 'folded: PARIS'],
    ['Fly to São  Paulo!', 'sao paulo', 'folded: São  Paulo'],
    ['play Rock ’n’ Roll', "rock 'n' roll", 'folded: Rock ’n’ Roll'],
    ['pre–party, R & B', 'pre-party', 'folded: pre–party'],
    ['some R & B here', 'R&B', 'folded: R & B'],
    ['Fly to Parisian', 'Paris', 'absent'],
    ['the year 1999', '99', 'absent'],
    ['at 5.30 sharp', 5, 'absent'],
    ['5, or so', 5, 'exact: 5'],
    ["we don't", 'don', 'absent'],
    ["Anna's song", 'Anna', 'exact: Anna'],
    ['明日東京へ行く', '東京', 'exact: 東京'],
    ['cafe\u0301 noir', 'cafe', 'folded: cafe\u0301'],
    ['cafe\u0301 noir', 'café', 'folded: cafe\u0301'],
    ['👩‍👩‍👧 family', '👩', 'absent'],
    ['say \ud83d now', 'now', 'exact: now'],
    ['שלום עולם', 'עולם', 'exact: עולם'],
    ['nothing', null, 'empty'],
    ['nothing', '', 'empty'],
  ])('%j, %j: %s', (text, value, expected) => {
    expect(align([row(text, [2, value])])).toEqual([[expected]]);
  });

  it('gives a longer value its place before a shorter one within it', () => {
    expect(align([row('New York to York', [0, 'York'], [1, 'New York'])])).toEqual([
      ['exact: York', 'exact: New York'],
    ]);
  });

  it('keeps the order of a list whose items are equal', () => {
    const values = [
      [2, 'no'],
      [2, 'no'],
    ] as const;
    const { rows } = alignRows([row('no, no', ...values)], form);
    expect(rows[0]!.map(({ span }) => span?.start)).toEqual([0, 4]);
  });

  it('says so when nothing decides between two places', () => {
    const { rows } = alignRows([row('x and x', [0, 'x'])], form);
    expect(rows[0]![0]).toMatchObject({
      kind: 'ambiguous',
      candidates: [
        { start: 0, end: 1 },
        { start: 6, end: 7 },
      ],
    });
  });

  it('lets the usual neighbours decide, once they are known from sure rows', () => {
    const sure = ['Rome', 'Oslo', 'Bern', 'Kiev', 'Cork', 'Lima'].map((city) =>
      row(`go from ${city} to Paris`, [0, city], [1, 'Paris']),
    );
    const open = row('go from Nice to Nice', [1, 'Nice'], [0, 'Nice']);
    const { rows } = alignRows([...sure, open], form);
    expect(rows.at(-1)!.map(({ span }) => span?.start)).toEqual([16, 8]);
  });

  it('tells a value that stands in the context only', () => {
    const given = { ...row('yes, please', [1, 'Paris']), context: 'To Paris?' };
    expect(alignRows([given], form).rows[0]![0]).toMatchObject({
      kind: 'absent',
      isInContext: true,
    });
  });
});

it('reports, for each slot, how its values were found', () => {
  const { slots } = alignRows(
    [row('to Paris', [1, 'Paris']), row('to PARIS', [1, 'Paris']), row('at work', [1, 'Rome'])],
    form,
  );
  expect(slots[1]).toMatchObject({
    valueCount: 3,
    countByKind: { exact: 1, folded: 1, absent: 1 },
    values: [
      { value: 'Paris', count: 2 },
      { value: 'Rome', count: 1 },
    ],
  });
  expect(slots[0]).toMatchObject({ valueCount: 0, learnableShare: 0 });
});

describe('any Unicode', () => {
  const units = fc.string({ unit: 'binary', maxLength: 12 });
  const anyUnits = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((codes) => String.fromCharCode(...codes));
  const strange = fc.oneof(
    units,
    anyUnits,
    fc.string({
      unit: fc.constantFrom(
        'a',
        'A',
        ' ',
        'é',
        '\u0301',
        '\u200d',
        '👩',
        '\ud83d',
        'א',
        '’',
        'æ',
        '5',
        '.',
      ),
    }),
  );

  it('a value that stands between spaces is found where it stands', () => {
    fc.assert(
      fc.property(strange, fc.stringMatching(/^[a-z]{3,8}$/), strange, (left, value, right) => {
        const text = `${left} ${value} ${right}`;
        const [aligned] = alignRows([row(text, [0, value])], form).rows[0]!;
        const spans = aligned!.span ? [aligned!.span] : aligned!.candidates!;
        expect(spans).toContainEqual({
          start: left.length + 1,
          end: left.length + 1 + value.length,
        });
      }),
    );
  });

  it('spans lie in the text, do not overlap, and cut no pair of surrogates', () => {
    fc.assert(
      fc.property(strange, fc.array(strange, { maxLength: 4 }), (text, values) => {
        const given = row(text, ...values.map((value, i) => [i % 3, value] as const));
        const spans = alignRows([given], form).rows[0]!.flatMap(({ span }) => (span ? [span] : []));
        spans.sort((a, b) => a.start - b.start);
        for (const [i, { start, end }] of spans.entries()) {
          expect(start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          const cut = (at: number) =>
            /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
          expect(cut(start) || cut(end)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
