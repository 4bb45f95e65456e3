import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import {
  type AugmentForward,
  type AugmentInverse,
  redoAugment,
  undoAugment,
} from '../augment/keep-drafts.ts';
import {
  type ConsentForward,
  type ConsentInverse,
  redoConsent,
  undoConsent,
} from '../gate/consent.ts';
import {
  type ReviewForward,
  type ReviewInverse,
  redoReview,
  undoReview,
} from '../review/decide.ts';
import type { Store } from '../store/store.ts';
import { type LabelsStep, redoLabels, undoLabels } from './task-labels.ts';

type Inverse = AugmentInverse | ConsentInverse | LabelsStep | ReviewInverse;
type Forward = AugmentForward | ConsentForward | LabelsStep | ReviewForward;

/** Takes back the last thing that a person did and returns its name. @throws AppError `review.invalid` when there is nothing */
export function undoLast(store: Store): string {
  const last = store.operations.last();
  if (!last) throw new AppError('review.invalid', 'There is nothing to undo.');
  store.transaction(() => {
    // Written by the same features; a new kind does not compile until it is handled here.
    const forward = undo(store, last.inverse as unknown as Inverse);
    store.operations.markUndone(last.id, forward as unknown as Json); // plain data, all of them
  });
  return last.name;
}

/** Does again what was undone last and returns its name. @throws AppError `review.invalid` when there is nothing */
export function redoNext(store: Store): string {
  const next = store.operations.next();
  if (!next) throw new AppError('review.invalid', 'There is nothing to do again.');
  store.transaction(() => {
    // Written by `undoLast`.
    const inverse = redo(store, next.inverse as unknown as Forward);
    store.operations.markRedone(next.id, { ...inverse });
  });
  return next.name;
}

function undo(store: Store, inverse: Inverse): Forward {
  switch (inverse.kind) {
    case 'consent':
      return undoConsent(store, inverse);
    case 'labels':
      return undoLabels(store, inverse);
    case 'augment':
      return undoAugment(store, inverse);
    case 'review':
      return undoReview(store, inverse);
  }
}

function redo(store: Store, forward: Forward): Inverse {
  switch (forward.kind) {
    case 'consent':
      return redoConsent(store, forward);
    case 'labels':
      return redoLabels(store, forward);
    case 'augment':
      return redoAugment(store, forward);
    case 'review':
      return redoReview(store, forward);
  }
}
