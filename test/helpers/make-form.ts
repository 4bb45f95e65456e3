import type { Form, Slot } from '../../src/shared/domain/form/form.ts';

/** A form of one frame with these slots. */
export function makeForm(slots: readonly (Partial<Slot> & { readonly name: string })[]): Form {
  return {
    slots: slots.map((slot) => ({
      path: [slot.name],
      type: 'string',
      isList: false,
      isNullable: false,
      choices: [],
      description: '',
      ...slot,
    })),
    frames: [
      { name: '', description: '', slots: slots.map((_, i) => i), required: [], objects: [] },
    ],
    hasNone: false,
  };
}
