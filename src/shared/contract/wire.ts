import type { DesktopSettings, Lock } from './desktop.ts';
import type { CurvePoint, JobKind } from './jobs.ts';
import type { Result, WireError } from './result.ts';

/** The two channels between a window and the main process: calls with answers, and events. */
export const callChannel = 'stillroom:call';
export const eventChannel = 'stillroom:event';

/** What the main process and the engine say to each other; a session is one window's open project. */
export type ToEngine =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly session: number;
      readonly method: string;
      readonly input: unknown;
    }
  | { readonly kind: 'close-session'; readonly session: number }
  /** The gate of the whole process: while offline it lets nothing out. */
  | { readonly kind: 'offline'; readonly isOffline: boolean }
  /** Every session is to be closed, then the process ends by itself. */
  | { readonly kind: 'stop' };

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly session: number; readonly event: WireEvent };

/** What may have changed, so that what was fetched of it is fetched anew. */
export const topics = [
  'project',
  'examples',
  'ledger',
  'findings',
  'gates',
  'review',
  'students',
  'lookups',
  'evaluation',
  'route',
  'exports',
  'jobs',
] as const;
export type Topic = (typeof topics)[number];

/** What happens without being asked for. */
export type WireEvent =
  | { readonly kind: 'job'; readonly job: JobEvent }
  | { readonly kind: 'changed'; readonly topics: readonly Topic[] }
  | { readonly kind: 'engine'; readonly state: 'restarted' | 'lost'; readonly message: string }
  | { readonly kind: 'notice'; readonly message: string }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'settings'; readonly settings: DesktopSettings }
  | { readonly kind: 'lock'; readonly lock: Lock | null }
  | { readonly kind: 'opened'; readonly path: string };

/** At most four a second for each job. */
export interface JobEvent {
  readonly id: number;
  readonly kind: JobKind;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number | null;
  readonly message: string;
  readonly startedAtMs: number;
  /** Of a training: the points of its curve since the last event. */
  readonly points?: readonly CurvePoint[];
  /** Of a failed job. */
  readonly error?: WireError;
  /** Of state `done`: of the type that `JobResults` gives for the kind. */
  readonly result?: unknown;
}

/** What the preload puts into a window, frozen. */
export interface Bridge {
  call(method: string, input: unknown): Promise<Result<unknown>>;
  subscribe(listener: (event: WireEvent) => void): () => void;
  pathOf(file: File): string;
}
