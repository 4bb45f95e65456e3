import type { Lock } from '../../shared/contract/desktop.ts';
import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobKind } from '../../shared/contract/jobs.ts';
import type { WireError } from '../../shared/contract/result.ts';
import type { JobEvent, Topic } from '../../shared/contract/wire.ts';
import { queryClient } from './query.ts';
import { applySettings } from './settings.ts';
import { announce, recordJob, useUi } from './ui-store.ts';

interface Listeners {
  onCommand(command: string): void;
  onOpened(path: string): void;
}

/** Connects the window to what happens elsewhere: jobs, changed data, the menu, files opened from outside. */
export function listen({ onCommand, onOpened }: Listeners): () => void {
  return window.stillroom.subscribe((event) => {
    switch (event.kind) {
      case 'job':
        return hearJob(event.job);
      case 'changed':
        return hearChange(event.topics);
      case 'engine':
        return hearEngine(event.message);
      case 'notice':
        useUi.setState({ notice: event.message });
        return;
      case 'settings':
        return applySettings(event.settings);
      case 'lock':
        return hearLock(event.lock);
      case 'command':
        return onCommand(event.command);
      case 'opened':
        return onOpened(event.path);
    }
  });
}

/** The methods whose answers a topic touches, by the first part of their names. */
const touchedBy = {
  project: ['project'],
  examples: ['collect', 'review', 'export', 'curate', 'augment', 'train'],
  ledger: ['ledger', 'collect'],
  findings: ['curate', 'collect', 'review'],
  gates: ['curate'],
  review: ['review', 'collect', 'train'],
  students: ['train', 'evaluate', 'route', 'lookup', 'review'],
  lookups: ['lookup', 'train'],
  evaluation: ['evaluate', 'review'],
  route: ['route'],
  exports: ['export'],
  jobs: ['jobs'],
} as const satisfies Record<Topic, readonly string[]>;

/** The summary counts everything, so it always follows. */
function hearChange(topics: readonly Topic[]): void {
  const touched = new Set<string>(['project', ...topics.flatMap((topic) => touchedBy[topic])]);
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [name] }) =>
      typeof name === 'string' && touched.has(name.split('.')[0]!),
  });
}

/** What was at work stopped with the engine: its screen says so, and its row in the project waits to be resumed. */
function hearEngine(message: string): void {
  const jobs = useUi
    .getState()
    .jobs.map((job) =>
      job.state === 'running'
        ? { ...job, state: 'failed' as const, error: stopped(job.kind) }
        : job,
    );
  useUi.setState({ notice: message, jobs });
  void queryClient.invalidateQueries();
}

const stopped = (kind: JobKind): WireError => ({
  code: 'app.engine',
  message: `${jobTitle(kind)} stopped with the engine. What it had finished is kept; see Jobs (Ctrl+J).`,
  details: {},
});

/** What was asked for while the window was locked was refused, so that it is asked again. */
function hearLock(lock: Lock | null): void {
  useUi.setState({ lock });
  if (!lock) void queryClient.invalidateQueries();
}

function hearJob(job: JobEvent): void {
  const before = useUi.getState().jobs.find(({ id }) => id === job.id);
  recordJob(job);
  if (job.state === 'running') {
    if (tenths(job) > tenths(before))
      announce(`${jobTitle(job.kind)}: ${tenths(job) * 10} percent`);
    return;
  }
  announce(`${jobTitle(job.kind)} ${endWords[job.state]}`);
  void queryClient.invalidateQueries();
}

const endWords = { done: 'finished', failed: 'failed', cancelled: 'stopped' } as const;

const tenths = (job: JobEvent | undefined) =>
  job?.total ? Math.floor((job.done / job.total) * 10) : 0;
