import type { Form } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { fold } from '../text/fold.ts';
import type { NormaliserSpec } from './spec.ts';

export type Normalised =
  | { readonly value: Json }
  /** The surface says nothing that fits the slot, or counts from a day that was not given. */
  | { readonly problem: 'unreadable' | 'needs-reference-date' };

export interface NormaliseOptions {
  /** The day that relative dates count from, `YYYY-MM-DD`. */
  readonly referenceDate?: string;
}

/** Turns the surface of a slot into its value, as the teacher would write it. */
export type Normaliser = (slot: number, surface: string, options?: NormaliseOptions) => Normalised;

export function createNormaliser(spec: NormaliserSpec, _form: Form): Normaliser {
  return (slot, surface) => {
    const { aliases } = spec.slots[slot]!;
    const key = fold(surface);
    return { value: Object.hasOwn(aliases, key) ? aliases[key]! : surface };
  };
}
