import type { DraftRefusal } from '../../../shared/contract/augment.ts';

/** Why drafts were not kept, behind their number. */
export const refusalWords = {
  invalid: 'not well formed',
  repeat: 'repeating a record',
  'repeat-held-out': 'repeating a held-out record',
  disagreement: 'with a doubtful label',
  'not-verified': 'not confirmed by the teacher',
  surplus: 'not needed',
} as const satisfies Record<DraftRefusal, string>;
