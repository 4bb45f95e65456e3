import type { z } from 'zod';
import type { JobStarted } from '../../shared/contract/job-started.ts';
import type { CurvePoint, JobKind, JobResults } from '../../shared/contract/jobs.ts';
import type { Method, OutputOf, ParsedInputOf } from '../../shared/contract/method.ts';
import type { Topic } from '../../shared/contract/wire.ts';
import type { Listener } from '../gate/listen.ts';
import type { Work } from '../lib/work.ts';
import type { Counts } from '../store/summary.ts';
import type { StudentFolder } from './open-student-folder.ts';
import type { Project } from './project.ts';

/** What a window's handlers share: its open project, its running job, and what it keeps loaded. */
export interface SessionContext {
  /** @throws AppError `store.missing` when the window has no project open */
  project(): Project;
  /** The project, to be changed at once. @throws AppError `app.readonly`, `app.busy` while an import is being written */
  writable(): Project;
  readonly isEncrypted: boolean;
  open(path: string, passphrase: string | undefined): Promise<void>;
  close(): Promise<void>;
  /** Starts long work, one at a time. @throws AppError `app.busy`, `app.readonly` and whatever stops it before its row exists */
  startJob<Kind extends JobKind>(
    kind: Kind,
    run: (project: Project, work: Work) => Promise<JobResults[Kind]>,
    topics: readonly Topic[],
  ): Promise<JobStarted>;
  /** The job at work, if any. */
  runningJob(): { readonly id: number; readonly points: readonly CurvePoint[] } | undefined;
  cancelJob(id: number): boolean;
  pauseJob(id: number): boolean;
  finishJob(id: number): boolean;
  /** Tells the window that something it may show is not what it was. */
  changed(...topics: Topic[]): void;
  readonly loaded: Loaded;
}

/** What is kept between calls and released with the project. */
export interface Loaded {
  student?: { readonly id: string; readonly folder: StudentFolder } | undefined;
  recordedTeacher?: Listener | undefined;
  endpoint?:
    | {
        readonly listener: Listener;
        readonly studentId: string;
        readonly token: string;
        readonly folder: StudentFolder;
      }
    | undefined;
  /** The overview's counts, with the version of the data that they are of. */
  counts?: { readonly version: string; readonly value: Counts } | undefined;
}

type AnyMethods = Readonly<Record<string, Method<z.ZodType, unknown>>>;

/** One handler for each method of a part of the contract; a method without one does not compile. */
export type HandlersOf<Methods extends AnyMethods> = {
  readonly [Name in keyof Methods]: (
    context: SessionContext,
    input: ParsedInputOf<Methods, Name>,
  ) => OutputOf<Methods, Name> | Promise<OutputOf<Methods, Name>>;
};
