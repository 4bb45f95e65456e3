import type { Store } from '../store/store.ts';
import { listLedger } from './ledger.ts';

/** What a revocation comes too late for. */
export interface Touched {
  /** Examples already sent, by destination. */
  readonly sent: readonly {
    readonly destination: string;
    readonly examples: number;
    readonly lastAtMs: number;
  }[];
  readonly students: readonly string[];
  readonly exports: readonly string[];
}

/** Lists what examples were already used for: sends that cannot be called back, students and exports made from them. */
export function findTouched(store: Store, exampleIds: readonly number[]): Touched {
  const externalIds = new Set(store.examples.externalIds(exampleIds));
  const sent = new Map<string, { examples: Set<string>; lastAtMs: number }>();
  for (const line of listLedger(store)) {
    const ids = line.exampleIds.filter((id) => externalIds.has(id));
    if (line.event !== 'attempt' || ids.length === 0) continue;
    const known = sent.get(line.destination) ?? { examples: new Set(), lastAtMs: 0 };
    for (const id of ids) known.examples.add(id);
    sent.set(line.destination, { examples: known.examples, lastAtMs: line.atMs });
  }
  const artifacts = store.artifacts.using(exampleIds);
  return {
    sent: [...sent].map(([destination, { examples, lastAtMs }]) => ({
      destination,
      examples: examples.size,
      lastAtMs,
    })),
    students: artifacts.filter((each) => each.kind === 'student').map((each) => each.id),
    exports: artifacts.filter((each) => each.kind === 'export').map((each) => each.id),
  };
}
