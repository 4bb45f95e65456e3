import type { JobStarted } from '../../shared/contract/job-started.ts';
import type { CurvePoint, JobKind, JobResults } from '../../shared/contract/jobs.ts';
import type { JobEvent, Topic, WireEvent } from '../../shared/contract/wire.ts';
import { AppError } from '../../shared/errors.ts';
import { paused, type Work } from '../lib/work.ts';
import { toAppError } from './errors.ts';
import type { Project } from './project.ts';

const EVENT_INTERVAL_MS = 250;

interface Running {
  readonly kind: JobKind;
  readonly controller: AbortController;
  readonly finisher: AbortController;
  readonly ended: Promise<void>;
  readonly points: CurvePoint[];
  id: number | undefined;
}

/** Runs one job at a time for a window and tells it how far it is, at most four times a second. */
export function createJobRunner(emit: (event: WireEvent) => void) {
  let current: Running | undefined;

  function start<Kind extends JobKind>(
    kind: Kind,
    project: Project,
    run: (project: Project, work: Work) => Promise<JobResults[Kind]>,
    topics: readonly Topic[],
  ): Promise<JobStarted> {
    if (current)
      return Promise.reject(
        new AppError(
          'app.busy',
          `A ${current.kind} job is still running. Wait for it or cancel it, then start this again.`,
        ),
      );
    const startedAtMs = Date.now();
    const teller = createTeller(kind, startedAtMs, emit);
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const finisher = new AbortController();
      const running: Running = {
        kind,
        controller,
        finisher,
        points: [],
        id: undefined,
        ended: Promise.resolve().then(() => follow()),
      };
      current = running;

      const work: Work = {
        signal: controller.signal,
        finish: { signal: finisher.signal },
        started(jobId) {
          running.id = jobId;
          teller.begin(jobId);
          resolve({ jobId });
        },
        report({ done, total, message, details }) {
          if (details) running.points.push(details);
          teller.progress({ done, total, message }, details);
        },
      };

      async function follow(): Promise<void> {
        try {
          const result = await run(project, work);
          current = undefined;
          teller.end('done', { result });
        } catch (error) {
          current = undefined;
          const { code, message, details, kind: ending } = toAppError(error);
          if (running.id === undefined) return reject(error);
          if (ending === 'cancelled') teller.end('cancelled', {});
          else
            teller.end('failed', {
              error: { code, message, details: JSON.parse(JSON.stringify(details)) },
            });
        }
        emit({ kind: 'changed', topics: [...topics, 'project', 'jobs'] });
      }
    });
  }

  return {
    start,
    running: () =>
      current?.id === undefined ? undefined : { id: current.id, points: current.points },
    cancel(id: number): boolean {
      if (current?.id !== id) return false;
      current.controller.abort();
      return true;
    },
    /** Stops a job so that it can go on later; false when it is not running. */
    pause(id: number): boolean {
      if (current?.id !== id) return false;
      current.controller.abort(paused);
      return true;
    },
    /** Asks a training to end with what it has; false when it is not running. */
    finish(id: number): boolean {
      if (current?.id !== id || current.kind !== 'train') return false;
      current.finisher.abort();
      return true;
    },
    /** Stops what runs so that it can go on later, and waits until it has ended. */
    async stop(): Promise<void> {
      current?.controller.abort(paused);
      await current?.ended;
    },
  };
}

type State = Pick<JobEvent, 'done' | 'total' | 'message'>;

/** Sends a job's events, thinned out; no point of a curve is left out. */
function createTeller(kind: JobKind, startedAtMs: number, emit: (event: WireEvent) => void) {
  let id = 0;
  let last: State = { done: 0, total: null, message: '' };
  let points: CurvePoint[] = [];
  let sentAtMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function send(state: JobEvent['state'], more: Partial<JobEvent> = {}): void {
    clearTimeout(timer);
    timer = undefined;
    sentAtMs = Date.now();
    const fresh = points.length > 0 ? { points } : {};
    points = [];
    emit({ kind: 'job', job: { id, kind, state, ...last, startedAtMs, ...fresh, ...more } });
  }

  return {
    begin(jobId: number) {
      id = jobId;
      send('running');
    },
    progress(state: State, point: CurvePoint | undefined) {
      last = state;
      if (point) points.push(point);
      if (id === 0 || timer) return;
      const waitMs = sentAtMs + EVENT_INTERVAL_MS - Date.now();
      if (waitMs <= 0) send('running');
      else timer = setTimeout(() => send('running'), waitMs);
    },
    end: (state: JobEvent['state'], more: Partial<JobEvent>) => send(state, more),
  };
}
