import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY_DISK = '/dev/shm';
/** The largest project of the tests takes one. */
const ENOUGH_BYTES = 6e9;

/**
 * A folder for a window's projects; on a disk in memory where there is room. Each answer of a teacher is safe on disk
 * before the next is asked for, which takes longer than all else in these tests; that it is, others prove.
 */
export function createQuickFolder(): string {
  return mkdtempSync(join(hasMemoryDisk() ? MEMORY_DISK : tmpdir(), 'stillroom-window-'));
}

function hasMemoryDisk(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK);
    return bavail * bsize > ENOUGH_BYTES;
  } catch {
    return false;
  }
}
