import { create } from 'zustand';
import type { DesktopSettings, Lock } from '../../shared/contract/desktop.ts';
import type { JobEvent } from '../../shared/contract/wire.ts';

/** A job as this window saw it go. One whose count began anew is at its next step. */
export interface WatchedJob extends JobEvent {
  readonly step: number;
  readonly stepStartedAtMs: number;
}

interface UiState {
  /** Path of the open project; null on the start screen. */
  readonly projectPath: string | null;
  readonly jobs: readonly WatchedJob[];
  readonly isJobsOpen: boolean;
  readonly isHistoryOpen: boolean;
  readonly isShortcutsOpen: boolean;
  readonly isAboutOpen: boolean;
  /** Texts of records are masked, for others who see the screen. */
  readonly isCovered: boolean;
  /** Set while the window is locked and shows nothing. */
  readonly lock: Lock | null;
  readonly settings: DesktopSettings | null;
  /** What the window says about itself, such as that the engine was started again. */
  readonly notice: string | null;
  /** The last decision in words, for the polite live region. */
  readonly announcement: string;
}

/** State of the window alone; all that belongs to the project is the engine's. */
export const useUi = create<UiState>(() => ({
  projectPath: null,
  jobs: [],
  isJobsOpen: false,
  isHistoryOpen: false,
  isShortcutsOpen: false,
  isAboutOpen: false,
  isCovered: false,
  lock: null,
  settings: null,
  notice: null,
  announcement: '',
}));

const KEPT_JOBS = 30;

/** Puts a job's newest state in its place, newest job first; the points of its curve add up. */
export function recordJob(job: JobEvent): void {
  useUi.setState(({ jobs }) => {
    const before = jobs.find(({ id }) => id === job.id);
    const points = [...(before?.points ?? []), ...(job.points ?? [])];
    const { step, stepStartedAtMs } = stepOf(job, before);
    return {
      jobs: [{ ...job, points, step, stepStartedAtMs }, ...jobs.filter(({ id }) => id !== job.id)]
        .sort((a, b) => b.startedAtMs - a.startedAtMs)
        .slice(0, KEPT_JOBS),
    };
  });
}

function stepOf(job: JobEvent, before: WatchedJob | undefined) {
  if (!before) return { step: 1, stepStartedAtMs: job.startedAtMs };
  return job.done < before.done ? { step: before.step + 1, stepStartedAtMs: Date.now() } : before;
}

export function announce(announcement: string): void {
  useUi.setState({ announcement });
}

export const toggleJobs = () => useUi.setState(({ isJobsOpen }) => ({ isJobsOpen: !isJobsOpen }));
export const toggleHistory = () =>
  useUi.setState(({ isHistoryOpen }) => ({ isHistoryOpen: !isHistoryOpen }));
export const setShortcutsOpen = (isShortcutsOpen: boolean) => useUi.setState({ isShortcutsOpen });

export const setAboutOpen = (isAboutOpen: boolean) => useUi.setState({ isAboutOpen });

/** The job at work; one at a time changes a project. */
export function useRunningJob(): WatchedJob | undefined {
  return useUi(({ jobs }) => jobs.find(({ state }) => state === 'running'));
}
