import type { RefusalReason } from '../../shared/contract/export.ts';

/** Why rows stay, in words. */
export const reasonWords: Readonly<Record<RefusalReason, string>> = {
  notApproved: 'not approved',
  rejected: 'rejected',
  unlabelled: 'without a label',
  invalid: 'with an answer that does not fit the task',
  noPair: 'without an answer of the teacher that a person corrected',
  private: 'private',
  noGrant: 'without a permission that still holds',
};
