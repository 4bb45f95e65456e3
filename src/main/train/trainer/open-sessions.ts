import type { Session } from '../../onnx/session.ts';
import type { Bucket } from './plan.ts';

/** The sessions of a plan's graphs, each loaded when it is needed. */
export interface OpenSessions {
  /** A session that stays usable until another bucket is asked for. */
  of(bucket: number, model: Uint8Array): Promise<Session>;
  close(): Promise<void>;
}

/**
 * What the graphs that are open may take together, as `activationBytes` counts. A session keeps the memory of its
 * values, so that one for every length of text would take some 3 GB, most of it for the few texts that are long.
 */
const MOST_BYTES = 2 ** 30;

/** Keeps the buckets used last open, as many as fit; the others are loaded again, which takes about a tenth of a step. */
export function createOpenSessions(
  buckets: readonly Pick<Bucket, 'activationBytes'>[],
  load: (model: Uint8Array) => Promise<Session>,
  mostBytes: number = MOST_BYTES,
): OpenSessions {
  /** By bucket, the one longest unused first. */
  const open = new Map<number, Map<Uint8Array, Session>>();

  async function closeBucket(bucket: number): Promise<void> {
    const sessions = [...(open.get(bucket)?.values() ?? [])];
    open.delete(bucket);
    for (const session of sessions) await session.close();
  }

  async function makeRoomFor(bucket: number): Promise<void> {
    let bytes = sumOf([...open.keys(), bucket].map((index) => buckets[index]!)); // indices of this list
    for (const other of [...open.keys()]) {
      if (bytes <= mostBytes) return;
      bytes -= buckets[other]!.activationBytes;
      await closeBucket(other);
    }
  }

  return {
    async of(bucket, model) {
      const sessions = open.get(bucket) ?? new Map<Uint8Array, Session>();
      if (!open.delete(bucket)) await makeRoomFor(bucket);
      open.set(bucket, sessions);
      let session = sessions.get(model);
      if (!session) {
        session = await load(model);
        sessions.set(model, session);
      }
      return session;
    },
    async close() {
      for (const bucket of [...open.keys()]) await closeBucket(bucket);
    },
  };
}

/** The most that open sessions take at a time. Units: bytes, as `activationBytes` counts. */
export function openBytes(buckets: readonly Pick<Bucket, 'activationBytes'>[]): number {
  const largest = Math.max(...buckets.map(({ activationBytes }) => activationBytes));
  return Math.min(sumOf(buckets), Math.max(MOST_BYTES, largest));
}

function sumOf(buckets: readonly Pick<Bucket, 'activationBytes'>[]): number {
  return buckets.reduce((sum, { activationBytes }) => sum + activationBytes, 0);
}
