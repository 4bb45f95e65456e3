import { expect, test } from 'vitest';
import { redoNext, undoLast } from '../../../src/main/app/undo.ts';
import { changeConsent } from '../../../src/main/gate/consent.ts';
import { decide } from '../../../src/main/gate/decide.ts';
import { appendToLedger } from '../../../src/main/gate/ledger.ts';
import type { Store } from '../../../src/main/store/store.ts';
import { everything } from '../../../src/shared/domain/filter.ts';
import { addExample, newProject, setConsent } from '../teach/project.ts';

const ask = { purpose: 'label', host: 'api.example.com', nowMs: Date.now() } as const;

function verdict(
  store: Store,
  id: number,
  more: Partial<typeof ask> | Record<string, unknown> = {},
): string {
  const result = decide(store, id, { ...ask, ...more });
  return result.kind === 'block' ? result.reason : result.kind;
}

test('everything is private until someone says why it may leave', () => {
  const { store } = newProject();
  const id = addExample(store, 'a', 'text');
  expect(verdict(store, id)).toBe('private');
  const change = {
    filter: everything,
    filterText: 'all',
    to: 'permitted',
    purposes: ['label'],
    destination: '*',
    basis: ' ',
    expiresAtMs: null,
  } as const;
  expect(() => changeConsent(store, change)).toThrow(/needs a basis/);
  expect(verdict(store, id)).toBe('private');
  expect(setConsent(store, 'all', 'permitted')).toMatchObject({ changed: 1, grantId: 1 });
  expect(verdict(store, id)).toBe('allow');
});

test('a grant holds for its purpose, its destination and its time', () => {
  const { store } = newProject();
  const id = addExample(store, 'a', 'text');
  const expiresAtMs = ask.nowMs + 1_000;
  setConsent(store, 'all', 'permitted', {
    purposes: ['augment'],
    destination: 'api.example.com',
    expiresAtMs,
  });
  expect(verdict(store, id)).toBe('no-grant');
  expect(verdict(store, id, { purpose: 'augment' })).toBe('allow');
  expect(verdict(store, id, { purpose: 'augment', host: 'api.example.com:8443' })).toBe('allow');
  expect(verdict(store, id, { purpose: 'augment', host: 'evil-api.example.com' })).toBe('no-grant');
  expect(verdict(store, id, { purpose: 'augment', host: 'api.example.com.evil.org' })).toBe(
    'no-grant',
  );
  expect(verdict(store, id, { purpose: 'augment', nowMs: expiresAtMs })).toBe('no-grant');
});

test('private ends every grant and says what it comes too late for; undo brings them back', () => {
  const { store } = newProject();
  const id = addExample(store, 'a', 'text');
  addExample(store, 'b', 'other');
  setConsent(store, 'all', 'permitted');
  setConsent(store, 'id=a', 'permitted', { destination: 'api.example.com' });
  appendToLedger(store, 'attempt', {
    destination: 'api.example.com',
    isLoopback: false,
    purpose: 'label',
    model: 'm',
    exampleIds: ['a'],
    grantIds: [1],
    payloadSha256: 'x',
    bytes: 1,
    redactions: 0,
  });
  store.artifacts.record({ kind: 'student', id: 'linear-1' }, [id]);
  const revoked = setConsent(store, 'id=a', 'private');
  expect(revoked).toMatchObject({
    changed: 1,
    touched: {
      sent: [{ destination: 'api.example.com', examples: 1 }],
      students: ['linear-1'],
      exports: [],
    },
  });
  expect(verdict(store, id)).toBe('private');
  expect(verdict(store, store.examples.findByExternalId('b')!.id)).toBe('allow');
  // A new permission does not bring the old grants back.
  setConsent(store, 'id=a', 'permitted', { destination: 'elsewhere.example' });
  expect(verdict(store, id)).toBe('no-grant');

  const verdictsAfter = (step: (store: Store) => string) =>
    [1, 2].map(() => {
      step(store);
      return verdict(store, id);
    });
  expect(verdictsAfter(undoLast)).toEqual(['private', 'allow']);
  expect(verdictsAfter(redoNext)).toEqual(['private', 'no-grant']);
  expect(() => redoNext(store)).toThrow('nothing to do again');
  expect(verdictsAfter(undoLast)).toEqual(['private', 'allow']);
  // Something else done meanwhile ends what could be done again.
  setConsent(store, 'id=b', 'private');
  expect(() => redoNext(store)).toThrow('nothing to do again');
});

test('a permission that something else followed is not given again, though that was undone, too', () => {
  const { store } = newProject();
  const [a, b] = [addExample(store, 'a', 'one'), addExample(store, 'b', 'two')];
  const verdicts = () => [a, b].map((id) => verdict(store, id));
  setConsent(store, 'id=a', 'permitted');
  undoLast(store);
  setConsent(store, 'id=b', 'permitted');
  undoLast(store);
  redoNext(store);
  expect(verdicts()).toEqual(['private', 'allow']);
  expect(() => redoNext(store)).toThrow('nothing to do again');
  expect(verdicts()).toEqual(['private', 'allow']);
  // Undone once more, it is still what comes next, and alone.
  undoLast(store);
  redoNext(store);
  expect(verdicts()).toEqual(['private', 'allow']);
});

test('what was made from an example follows it', () => {
  const { store } = newProject();
  const parent = addExample(store, 'p', 'parent');
  const child = addExample(store, 'c', 'child', { parentId: parent, origin: 'synthetic' });
  const grandchild = addExample(store, 'g', 'grandchild', { parentId: child, origin: 'synthetic' });
  setConsent(store, 'id=p', 'permitted');
  expect([child, grandchild].map((id) => verdict(store, id))).toEqual(['allow', 'allow']);
  setConsent(store, 'id=p', 'redacted');
  expect([child, grandchild].map((id) => verdict(store, id))).toEqual(['redact', 'redact']);
  // A child can be held back on its own, and cannot be let out on its own.
  setConsent(store, 'id=c', 'private');
  expect([parent, child, grandchild].map((id) => verdict(store, id))).toEqual([
    'redact',
    'private',
    'private',
  ]);
  setConsent(store, 'all', 'permitted');
  setConsent(store, 'id=p', 'private');
  setConsent(store, 'id in (c, g)', 'permitted');
  expect([child, grandchild].map((id) => verdict(store, id))).toEqual(['private', 'private']);
});

test('the holdout leaves only to measure', () => {
  const { store } = newProject();
  const id = addExample(store, 'h', 'holdout', { split: 'holdout' });
  setConsent(store, 'all', 'permitted', { purposes: ['label', 'augment'] });
  expect(verdict(store, id)).toBe('holdout');
  expect(verdict(store, id, { purpose: 'measure' })).toBe('no-grant');
  setConsent(store, 'all', 'permitted', { purposes: ['measure'] });
  expect(verdict(store, id, { purpose: 'measure' })).toBe('allow');
});
