import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import { type AlignedValue, type Alignment, type AlignRow, sureKinds } from '../alignment.ts';
import { learnNormaliser } from '../learn/learn-normaliser.ts';
import type { Pair } from '../learn/pair.ts';
import { createNormaliser } from '../normaliser/normaliser.ts';
import { createReader } from '../normaliser/reader.ts';
import { tables } from '../tables/tables.ts';
import { createContextModel } from './context-model.ts';
import { decideOpenValues } from './decide-open.ts';
import { findAliases } from './find-aliases.ts';
import { findExact, literalOf } from './find-literal.ts';
import { findSimilar } from './find-similar.ts';
import { findSureValues } from './find-values.ts';
import { createExpressionFinder } from './find-written-otherwise.ts';
import { mineAliases } from './mine-aliases.ts';
import { type Check, countValues, reportSlots } from './report.ts';
import { createRowAlignment, type RowAlignment } from './row-alignment.ts';

/**
 * Finds where the values of outputs stand in their texts and how sure that is, and learns from the sure ones how
 * surfaces become values. Two passes: the first takes what stands at one place only and gathers what usually stands
 * beside each slot's values; the second decides what was left open, and finds what stands for a value elsewhere. Rows
 * that are no witnesses are aligned, and nothing is learnt from them.
 */
export function alignRows(
  rows: readonly AlignRow[],
  form: Form,
  isWitness: (row: number) => boolean = () => true,
): Alignment {
  const witnesses = Array.from(rows.keys()).filter(isWitness);
  const reader = createReader(tables);
  const finder = createExpressionFinder(reader);
  const model = createContextModel();
  const alignments = rows.map((row, i) => {
    const alignment = createRowAlignment(row);
    findSureValues(alignment, form, finder);
    if (!isWitness(i)) return alignment;
    model.meet(row.text);
    for (const value of alignment.found)
      if (value?.span) model.learn(row.text, value.slot, value.span);
    return alignment;
  });
  for (const alignment of alignments) decideOpenValues(alignment, model);
  const aliases = mineAliases(
    witnesses.map((row) => alignments[row]!),
    form,
  );
  const aligned = alignments.map((alignment) => {
    findAliases(alignment, aliases, model);
    return concludeRow(alignment);
  });

  const toPair = ({ slot, value, span }: AlignedValue, { text, referenceDate }: AlignRow): Pair => {
    const surface = text.slice(span!.start, span!.end);
    return { slot, surface, value, ...(referenceDate !== undefined && { referenceDate }) };
  };
  const pairs = witnesses.flatMap((row) =>
    aligned[row]!.filter(({ kind }) => sureKinds.has(kind)).map((value) =>
      toPair(value, rows[row]!),
    ),
  );
  const values = countValues(
    form,
    witnesses.map((row) => rows[row]!),
  );
  const normaliser = learnNormaliser(pairs, values, form, reader);
  const normalise = createNormaliser(normaliser, form);
  const check = (value: AlignedValue, row: number): Check => {
    const { surface, referenceDate } = toPair(value, rows[row]!);
    const alone = normalise(value.slot, surface);
    const isRelative = 'problem' in alone && alone.problem === 'needs-reference-date';
    if (isRelative && referenceDate === undefined) return { isGivenBack: true, isRelative };
    const result = isRelative
      ? normalise(value.slot, surface, { referenceDate: referenceDate! })
      : alone;
    const isSame = 'value' in result && canonicalJson(result.value) === canonicalJson(value.value);
    return { isGivenBack: isSame, isRelative };
  };
  const slots = reportSlots(
    values,
    witnesses.map((row) => aligned[row]!),
    (value, i) => check(value, witnesses[i]!),
  );
  return { rows: aligned, slots, normaliser };
}

/** What nothing was found for is absent from the text, though something like it, or the context, may have it. */
function concludeRow(alignment: RowAlignment): AlignedValue[] {
  const { row, found } = alignment;
  return row.values.map((sought, index): AlignedValue => {
    if (found[index]) return found[index];
    const { value } = sought;
    const suggestion = typeof value === 'string' ? findSimilar(alignment, value) : undefined;
    if (suggestion) return { ...sought, kind: 'fuzzy', suggestion };
    const isInContext = findExact(row.context ?? '', literalOf(value) ?? '').length > 0;
    return { ...sought, kind: 'absent', ...(isInContext && { isInContext }) };
  });
}
