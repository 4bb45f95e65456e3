import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import { fold } from '../text/fold.ts';
import type { NormaliserSpec, SlotNormaliser } from './spec.ts';

/** A surface of which it is known what it means. */
export interface Pair {
  readonly slot: number;
  readonly surface: string;
  readonly value: Json;
  readonly referenceDate?: string;
}

/** Chooses, for each slot, how a surface becomes a value: what reproduces the most of these pairs. */
export function learnNormaliser(pairs: readonly Pair[], form: Form): NormaliserSpec {
  const bySlot = Map.groupBy(pairs, ({ slot }) => slot);
  return {
    version: 1,
    slots: form.slots.map(({ name }, slot) => learnSlot(name, bySlot.get(slot) ?? [])),
  };
}

function learnSlot(name: string, pairs: readonly Pair[]): SlotNormaliser {
  const aliases: Record<string, Json> = {};
  for (const [surface, same] of Map.groupBy(pairs, (pair) => fold(pair.surface))) {
    const values = new Set(same.map(({ value }) => canonicalJson(value)));
    const isException = same.some((pair) => pair.surface !== pair.value);
    if (values.size === 1 && isException) aliases[surface] = same[0]!.value;
  }
  const reproduced = pairs.filter(
    ({ surface, value }) =>
      canonicalJson(aliases[fold(surface)] ?? surface) === canonicalJson(value),
  );
  return {
    name,
    format: { kind: 'text', letterCase: 'as-written' },
    aliases,
    pairCount: pairs.length,
    reproducedShare: pairs.length === 0 ? 1 : reproduced.length / pairs.length,
  };
}
