import { timingSafeEqual } from 'node:crypto';
import { powerMonitor } from 'electron';
import type { Lock } from '../../shared/contract/desktop.ts';
import { sha256 } from '../lib/hash.ts';
import type { OpenProject } from './open-projects.ts';

const CHECK_INTERVAL_MS = 5_000;

export interface LockOptions {
  /** Numbers of the windows that are open. */
  windows(): readonly number[];
  projectOf(window: number): OpenProject | undefined;
  /** Units: minutes; null is never. */
  lockAfterMinutes(): number | null;
  tell(window: number, lock: Lock | null): void;
}

/**
 * Covers windows that nobody sits at: after a time without input, when the screen is locked and when the computer goes to
 * sleep. An encrypted project wants its passphrase again. Jobs go on.
 */
export function createLocks({ windows, projectOf, lockAfterMinutes, tell }: LockOptions) {
  const locks = new Map<number, Lock>();

  function lock(window: number): void {
    const project = projectOf(window);
    if (!project || locks.has(window)) return;
    const made = { needsPassphrase: project.passphrase !== undefined };
    locks.set(window, made);
    tell(window, made);
  }

  const lockAll = () => windows().forEach(lock);

  return {
    of: (window: number): Lock | undefined => locks.get(window),
    lock,
    /** Whether the window is open now. */
    unlock(window: number, passphrase: string | undefined): boolean {
      const found = locks.get(window);
      const wanted = projectOf(window)?.passphrase;
      if (found?.needsPassphrase && wanted !== undefined && !isSame(passphrase ?? '', wanted))
        return false;
      locks.delete(window);
      tell(window, null);
      return true;
    },
    forget: (window: number) => void locks.delete(window),
    watch(): void {
      powerMonitor.on('lock-screen', lockAll);
      powerMonitor.on('suspend', lockAll);
      setInterval(() => {
        const limit = lockAfterMinutes();
        if (limit !== null && powerMonitor.getSystemIdleTime() >= limit * 60) lockAll();
      }, CHECK_INTERVAL_MS).unref();
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(wanted)));
}
