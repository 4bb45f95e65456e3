import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobKind } from '../../shared/contract/jobs.ts';
import type { HistoryLine } from '../../shared/contract/project.ts';
import type { Store } from '../store/store.ts';

/** Jobs whose effect nothing takes back: what was sent, who has looked, what was written or sealed. */
const finalKinds: ReadonlySet<string> = new Set(['teach', 'seal', 'evaluate', 'export']);

/** What people did in a project, newest first: the steps that can be undone among those that cannot. */
export function tellHistory(store: Store, limit: number): HistoryLine[] {
  const steps = store.operations.newest(limit).map(
    ({ id, name, createdAtMs, undoneAtMs }): HistoryLine => ({
      id: `step ${id}`,
      name,
      atMs: createdAtMs,
      state: undoneAtMs === null ? 'done' : 'undone',
    }),
  );
  const jobs = store.jobs
    .list()
    .filter(({ kind, state }) => finalKinds.has(kind) && state === 'done')
    .map(
      ({ id, kind, startedAtMs, endedAtMs }): HistoryLine => ({
        id: `job ${id}`,
        name: jobTitle(kind as JobKind), // one of the kinds above
        atMs: endedAtMs ?? startedAtMs,
        state: 'final',
      }),
    );
  return [...steps, ...jobs].sort((a, b) => b.atMs - a.atMs).slice(0, limit);
}
