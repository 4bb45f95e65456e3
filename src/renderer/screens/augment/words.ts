import type { DraftRefusal } from '../../../shared/contract/augment.ts';

/** Why a draft was not kept. */
export const refusalWords = {
  invalid: 'not well formed',
  repeat: 'repeats a record',
  'repeat-held-out': 'repeats a held-out record',
  disagreement: 'its label is doubtful',
  'not-verified': 'the teacher did not confirm it',
  surplus: 'not needed',
} as const satisfies Record<DraftRefusal, string>;
