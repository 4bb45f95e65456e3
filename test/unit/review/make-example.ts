import type { Example } from '../../../src/main/store/examples.ts';

/** An example with the given fields; the others are those of a plain new row. */
export function makeExample(given: Partial<Example> & { readonly id: number }): Example {
  return {
    externalId: `e${given.id}`,
    text: `text ${given.id}`,
    context: null,
    meta: {},
    origin: 'real',
    consent: 'private',
    sourceId: null,
    line: null,
    parentId: null,
    strategy: null,
    groupKey: null,
    groupId: null,
    split: 'unassigned',
    status: 'new',
    contentHash: `hash ${given.id}`,
    label: undefined,
    ...given,
  };
}
