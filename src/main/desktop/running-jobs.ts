import type { WireEvent } from '../../shared/contract/wire.ts';

/** Which windows have a job at work, from the events that pass by; for the question before quitting. */
export function createRunningJobs() {
  const kinds = new Map<number, string>();
  return {
    hear(session: number, event: WireEvent): void {
      if (event.kind !== 'job') return;
      if (event.job.state === 'running') kinds.set(session, event.job.kind);
      else kinds.delete(session);
    },
    forget: (session: number) => void kinds.delete(session),
    forgetAll: () => kinds.clear(),
    of: (session: number) => kinds.get(session),
  };
}
