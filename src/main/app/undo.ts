import { AppError } from '../../shared/errors.ts';
import { type AugmentInverse, undoAugment } from '../augment/keep-drafts.ts';
import { type ConsentInverse, undoConsent } from '../gate/consent.ts';
import { type ReviewInverse, undoReview } from '../review/decide.ts';
import type { Store } from '../store/store.ts';

type Inverse = AugmentInverse | ConsentInverse | ReviewInverse;

/** Takes back the last thing that a person did and returns its name. @throws AppError `review.invalid` when there is nothing */
export function undoLast(store: Store): string {
  const last = store.operations.last();
  if (!last) throw new AppError('review.invalid', 'There is nothing to undo.');
  store.transaction(() => {
    // Written by the same features; a new kind does not compile until it is handled here.
    const inverse = last.inverse as unknown as Inverse;
    if (inverse.kind === 'consent') undoConsent(store, inverse);
    else if (inverse.kind === 'augment') undoAugment(store, inverse);
    else undoReview(store, inverse);
    store.operations.markUndone(last.id);
  });
  return last.name;
}
