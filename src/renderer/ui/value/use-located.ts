import type { LocatedValue } from '../../../shared/contract/form.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { useCall } from '../../lib/query.ts';
import { type Marking, TONES } from '../../lib/segments.ts';
import { useForm } from '../../lib/use-form.ts';

/** The tone of a slot: by its place in its frame, so that neighbours differ. */
export function toneOf(form: Form, slot: number): number {
  const frame = form.frames.find(({ slots }) => slots.includes(slot));
  return (frame?.slots.indexOf(slot) ?? 0) % TONES;
}

type Spanned = Pick<LocatedValue, 'name' | 'span'>;

/** Values with their places as markings of the text; what has no place marks nothing. */
export function toMarkings(form: Form, values: readonly Spanned[]): Marking[] {
  return values.flatMap(({ name, span }) => {
    const slot = form.slots.findIndex((one) => one.name === name);
    if (!span || slot < 0) return [];
    return [{ ...span, label: form.slots[slot]!.path.join('.'), tone: toneOf(form, slot) }];
  });
}

/** Where the values of an output stand in its text; empty until known, and for outputs without fields. */
export function useLocated(
  record: string,
  text: string,
  output: Json | undefined,
): readonly LocatedValue[] {
  const form = useForm();
  const { data } = useCall(
    'form.locate',
    { items: [{ record, text, output: output ?? null }] },
    { isEnabled: form !== undefined && output !== undefined && output !== null },
  );
  return data?.[0] ?? [];
}
