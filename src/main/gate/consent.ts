import type { Consent, Purpose } from '../../shared/domain/example.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import { AppError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import { findTouched, type Touched } from './touched.ts';

export interface ConsentChange {
  readonly filter: Filter;
  /** The filter as the person wrote it; kept in the grant. */
  readonly filterText: string;
  readonly to: Consent;
  readonly purposes: readonly Purpose[];
  /** From `parseGrantDestination`. */
  readonly destination: string;
  /** Why it is allowed: a contract, an answer of the customer, terms. */
  readonly basis: string | undefined;
  readonly expiresAtMs: number | null;
}

export interface ConsentResult {
  readonly changed: number;
  readonly grantId?: number;
  /** When permission was taken back: what it comes too late for. */
  readonly touched?: Touched;
}

/** How to take a change of consent back; kept in an `operation`. */
export interface ConsentInverse {
  readonly kind: 'consent';
  readonly before: Readonly<Partial<Record<Consent, readonly number[]>>>;
  /** The grant that the change gave. */
  readonly grantId: number | null;
  /** Grant and example of each permission that the change took. */
  readonly revoked: readonly (readonly [number, number])[];
}

/**
 * Sets what may be done with the examples that match, and with what was made from them. Permission needs a basis
 * and is one grant; `private` ends every grant on them. One transaction, and one step to undo.
 * @throws AppError `app.usage` when permission has no basis or no purpose
 */
export function changeConsent(store: Store, change: ConsentChange): ConsentResult {
  const isPermitting = change.to !== 'private';
  if (isPermitting && !change.basis?.trim())
    throw new AppError(
      'app.usage',
      'Nothing was changed: permission needs a basis. Say with --basis why these rows may leave, such as "customers\' terms, 2026".',
    );
  if (isPermitting && change.purposes.length === 0)
    throw new AppError(
      'app.usage',
      'Nothing was changed: name at least one purpose: label, augment, measure.',
    );
  return store.transaction(() => {
    const ids = store.examples.ids(change.filter);
    const before = consentsBefore(store, withDescendants(store, ids));
    const affected = Object.values(before).flat();
    const grantId = isPermitting && ids.length > 0 ? giveGrant(store, change, ids) : null;
    const revoked = isPermitting ? [] : revokeAll(store, affected);
    store.examples.setConsent(affected, change.to);

    const changed = isPermitting ? ids.length : ids.length - countIn(ids, before.private ?? []);
    if (ids.length > 0) {
      const inverse: ConsentInverse = { kind: 'consent', before, grantId, revoked };
      store.operations.add(
        `set ${changed.toLocaleString('en-GB')} ${changed === 1 ? 'record' : 'records'} to ${change.to}`,
        { ...inverse },
      );
    }
    return {
      changed,
      ...(grantId !== null && { grantId }),
      ...(!isPermitting && { touched: findTouched(store, affected) }),
    };
  });
}

/** How to make an undone change of consent again. */
export interface ConsentForward {
  readonly kind: 'consent';
  readonly after: ConsentInverse['before'];
  readonly grantId: number | null;
  /** The examples that the grant covered. */
  readonly granted: readonly number[];
  readonly revoked: ConsentInverse['revoked'];
}

/** Takes a change of consent back. What was sent in between stays sent. Call inside a transaction. */
export function undoConsent(store: Store, inverse: ConsentInverse): ConsentForward {
  const { before, grantId, revoked } = inverse;
  const after = consentsBefore(store, Object.values(before).flat());
  const granted = grantId === null ? [] : store.grants.examplesOf(grantId);
  setConsents(store, before);
  if (grantId !== null) store.grants.revokeGrant(grantId, Date.now());
  for (const [id, exampleId] of revoked) store.grants.restore(id, exampleId);
  return { kind: 'consent', after, grantId, granted, revoked };
}

/** Makes an undone change of consent again. Call inside a transaction. */
export function redoConsent(store: Store, forward: ConsentForward): ConsentInverse {
  const { after, grantId, granted, revoked } = forward;
  const before = consentsBefore(store, Object.values(after).flat());
  setConsents(store, after);
  if (grantId !== null) for (const id of granted) store.grants.restore(grantId, id);
  for (const id of new Set(revoked.map(([, exampleId]) => exampleId)))
    store.grants.revoke(id, Date.now());
  return { kind: 'consent', before, grantId, revoked };
}

function setConsents(store: Store, byConsent: ConsentInverse['before']): void {
  for (const [consent, ids] of Object.entries(byConsent))
    store.examples.setConsent(ids, consent as Consent); // the record's keys are consents
}

function giveGrant(store: Store, change: ConsentChange, ids: readonly number[]): number {
  const grantId = store.grants.create({
    purposes: change.purposes,
    destination: change.destination,
    basis: change.basis!.trim(),
    filter: change.filterText,
    expiresAtMs: change.expiresAtMs,
  });
  for (const id of ids) store.grants.link(grantId, id);
  return grantId;
}

function revokeAll(store: Store, ids: readonly number[]): [number, number][] {
  const atMs = Date.now();
  return ids.flatMap((id) =>
    store.grants.revoke(id, atMs).map((grantId): [number, number] => [grantId, id]),
  );
}

function withDescendants(store: Store, ids: readonly number[]): number[] {
  const childrenOf = Map.groupBy(store.examples.parents(), (row) => row.parentId);
  const all = new Set(ids);
  // A set may grow while it is walked; each id is visited once, so a circle ends.
  for (const id of all) for (const child of childrenOf.get(id) ?? []) all.add(child.id);
  return [...all];
}

function consentsBefore(store: Store, ids: readonly number[]): Partial<Record<Consent, number[]>> {
  // The ids come from the table, so each has a consent.
  return Object.fromEntries(Map.groupBy(ids, (id) => store.examples.consentOf(id)!));
}

function countIn(ids: readonly number[], wanted: readonly number[]): number {
  const set = new Set(wanted);
  return ids.filter((id) => set.has(id)).length;
}
