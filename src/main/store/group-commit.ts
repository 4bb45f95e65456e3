import type { Store } from './store.ts';

/** Runs a write and says when it is on disk. */
export type Commit = <Result>(write: () => Result) => Promise<Result>;

interface Pending {
  readonly write: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Puts writes of one turn of the event loop on disk by one commit, since each commit waits for the disk. A write is as
 * durable when its promise resolves as after a transaction of its own, and one that fails takes no other with it.
 */
export function createGroupCommit(store: Pick<Store, 'transaction' | 'isWriting'>): Commit {
  let pending: Pending[] = [];

  function commit(): void {
    const group = pending;
    pending = [];
    let settle: (() => void)[];
    try {
      settle = store.transaction(() => group.map((one) => attempt(one)));
    } catch (error) {
      // Of a commit that failed nothing is kept.
      for (const { reject } of group) reject(error);
      return;
    }
    for (const tell of settle) tell();
  }

  /** Runs a write at a savepoint of its own; what it came to is told after the commit. */
  function attempt({ write, resolve, reject }: Pending): () => void {
    try {
      const result = store.transaction(write);
      return () => resolve(result);
    } catch (error) {
      // A full disk ends the whole transaction, and with it the writes before.
      if (!store.isWriting()) throw error;
      return () => reject(error);
    }
  }

  return <Result>(write: () => Result) =>
    new Promise<Result>((resolve, reject) => {
      if (pending.length === 0) setImmediate(commit);
      // What comes out is what this write returned.
      pending.push({ write, resolve: resolve as (result: unknown) => void, reject });
    });
}
