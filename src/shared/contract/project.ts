import { z } from 'zod';
import type { Consent, Split, Status } from '../domain/example.ts';
import type { Estimate } from '../domain/metrics.ts';
import type { Task } from '../domain/task.ts';
import { method } from './method.ts';

/** How a project stands, for the overview, the rail and the status bar. */
export interface ProjectSummary {
  readonly path: string;
  readonly name: string;
  readonly task: Task;
  readonly isReadOnly: boolean;
  readonly isEncrypted: boolean;
  /** Made by `project.sample`: its teacher and its reviewers were recorded. */
  readonly isSample: boolean;
  /** The folder beside the project for students, reports and exports. */
  readonly filesFolder: string;
  readonly examples: number;
  readonly byConsent: Readonly<Record<Consent, number>>;
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly bySplit: Readonly<Record<Split, number>>;
  readonly synthetic: number;
  /** Records with a label, whoever gave it. */
  readonly labelled: number;
  /** Flagged findings that nobody has resolved. */
  readonly openFindings: number;
  readonly interruptedJobs: number;
  readonly left: LeftFigures;
  readonly gates: readonly GateState[];
  readonly students: number;
  readonly exports: number;
  /** The newest evaluation and route, for the two figures of the overview. */
  readonly accuracy: (Estimate & { readonly n: number }) | null;
  readonly coverage: {
    readonly value: number;
    readonly maxError: number;
    /** Null where no person judged the records behind the bound: then it is an estimate. */
    readonly confidence: number | null;
  } | null;
  /** What can be taken back, and what of it can be done again. */
  readonly undo: string | null;
  readonly redo: string | null;
}

/** Bytes that left through the gate, programs on this computer apart. */
export interface LeftFigures {
  readonly todayBytes: number;
  readonly everBytes: number;
  readonly todayLoopbackBytes: number;
  readonly everLoopbackBytes: number;
  readonly requests: number;
  readonly costUsd: number;
}

export interface GateState {
  readonly id: 'consent' | 'quality' | 'sealed' | 'contamination' | 'evaluation' | 'guarantee';
  readonly state: 'not-yet' | 'passed' | 'warned' | 'failed' | 'stale';
  readonly message: string;
}

/** Something that a person did. */
export interface HistoryLine {
  readonly id: string;
  readonly name: string;
  readonly atMs: number;
  /** Whether it stands, was taken back, or is of a kind that nothing takes back, such as what was sent. */
  readonly state: 'done' | 'undone' | 'final';
}

/** What adding labels came to. */
export interface AddedLabels {
  readonly added: readonly string[];
  /** Records that had one of them already and count as labelled from now on. */
  readonly fitting: number;
}

const passphrase = z.string().min(1).optional();

export const projectMethods = {
  'project.create': method<ProjectSummary>()(
    z.strictObject({ path: z.string(), task: z.unknown(), passphrase }),
  ),
  /** Answers `store.key` when a passphrase is wanted. */
  'project.open': method<ProjectSummary>()(z.strictObject({ path: z.string(), passphrase })),
  /** Creates a project from the bundled sample, its files imported and its permissions given, and opens it. */
  'project.sample': method<ProjectSummary>()(z.strictObject({ path: z.string() })),
  'project.close': method<true>()(z.strictObject({})),
  'project.summary': method<ProjectSummary>()(z.strictObject({})),
  /** Of a task with labels whose holdout is not sealed; one step to undo. */
  'project.addLabels': method<AddedLabels>()(
    z.strictObject({ labels: z.array(z.string().trim().min(1).max(500)).min(1).max(1_000) }),
  ),
  /** Takes back the last step that a person took; null when there is none. */
  'project.undo': method<{ readonly name: string | null }>()(z.strictObject({})),
  /** Does again what was undone last; null when there is none. */
  'project.redo': method<{ readonly name: string | null }>()(z.strictObject({})),
  /**
   * Writes the open project under another name, with its students; answers the path, and that of the folder beside
   * the copy that has them, null where there is none.
   */
  'project.copy': method<{ readonly path: string; readonly filesFolder: string | null }>()(
    z.strictObject({ path: z.string().min(1) }),
  ),
  /** Newest first. */
  'project.history': method<readonly HistoryLine[]>()(
    z.strictObject({ limit: z.int().min(1).max(5_000).default(500) }),
  ),
};
