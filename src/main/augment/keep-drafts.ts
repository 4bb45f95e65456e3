import { isHeldOut, type Status } from '../../shared/domain/example.ts';
import { contentHash } from '../lib/content-hash.ts';
import type { Store } from '../store/store.ts';
import type { Draft } from './draft.ts';

import type { Strategy } from './strategies/strategy.ts';

/** How to take an augmentation back. */
export interface AugmentInverse {
  readonly kind: 'augment';
  readonly exampleIds: readonly number[];
}

const HASH_DIGITS = 10;

/**
 * Adds accepted drafts as rows, all or none, as one step to undo, and returns their imported ids. A child has the
 * consent, group and split of its parent; its label is a draft until a person approves it.
 */
export function keepDrafts(
  store: Store,
  drafts: readonly Draft[],
  { id: strategy, maker }: Strategy,
  teacherName: string | undefined,
): string[] {
  return store.transaction(() => {
    const ids: number[] = [];
    const externalIds: string[] = [];
    for (const { aim, text, replyId } of drafts) {
      const parent = store.examples.get(aim.seed.example.id);
      // Someone else in this process may have moved it since.
      if (!parent || isHeldOut(parent) || parent.status === 'rejected') continue;
      const hash = contentHash(text, parent.context);
      const externalId = `${parent.externalId}~${strategy}-${hash.slice(0, HASH_DIGITS)}`;
      const id = store.examples.insert({
        externalId,
        text,
        context: parent.context,
        origin: 'synthetic',
        consent: parent.consent,
        parentId: parent.id,
        strategy,
        groupKey: parent.groupKey,
        split: parent.split,
        status: 'new',
        contentHash: hash,
      });
      if (parent.groupId !== null) store.examples.setGroups(new Map([[id, parent.groupId]]));
      store.labels.add({
        exampleId: id,
        author: maker === 'teacher' ? 'teacher' : 'rule',
        name: maker === 'teacher' ? (teacherName ?? null) : `augment ${strategy}`,
        output: aim.output,
        isValid: true,
        confidence: null,
        replyId,
      });
      ids.push(id);
      externalIds.push(externalId);
    }
    const inverse: AugmentInverse = { kind: 'augment', exampleIds: ids };
    if (ids.length > 0)
      store.operations.add(`make ${ids.length} drafts (${strategy})`, { ...inverse });
    return externalIds;
  });
}

/** How to take the rows of an augmentation in again. */
export interface AugmentForward {
  readonly kind: 'augment';
  readonly statuses: Readonly<Partial<Record<Status, readonly number[]>>>;
}

/** Sets the rows of an augmentation aside. Call inside a transaction. */
export function undoAugment(store: Store, { exampleIds }: AugmentInverse): AugmentForward {
  const statuses = store.examples.byStatus(exampleIds);
  store.examples.setStatus(exampleIds, 'rejected');
  return { kind: 'augment', statuses };
}

/** Takes them in again, each as it was. Call inside a transaction. */
export function redoAugment(store: Store, { statuses }: AugmentForward): AugmentInverse {
  for (const [status, ids] of Object.entries(statuses))
    store.examples.setStatus(ids, status as Status); // the record's keys are statuses
  return { kind: 'augment', exampleIds: Object.values(statuses).flat() };
}
