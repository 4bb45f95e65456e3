import { existsSync } from 'node:fs';
import { methods } from '../../shared/contract/index.ts';
import type { Result, WireError } from '../../shared/contract/result.ts';
import type { Topic, WireEvent } from '../../shared/contract/wire.ts';
import { AppError } from '../../shared/errors.ts';
import { toAppError } from './errors.ts';
import { handlers } from './handlers/index.ts';
import { createJobRunner } from './job-runner.ts';
import { openProject, type Project } from './project.ts';
import { startIndexing } from './search-index.ts';
import type { Loaded, SessionContext } from './session-context.ts';
import { sweepExports } from './sweep-exports.ts';

/** One window's side of the engine: its open project and its calls. */
export interface Session {
  call(method: string, input: unknown): Promise<Result<unknown>>;
  /** Cancels what runs, waits for it and closes the project. */
  close(): Promise<void>;
}

/** A session without a project yet; what happens unasked goes to `emit`. */
export function createSession(emit: (event: WireEvent) => void): Session {
  let current: { project: Project; isEncrypted: boolean; stopIndexing: () => void } | undefined;
  const loaded: Loaded = {};
  const changed = (...topics: Topic[]) => emit({ kind: 'changed', topics });
  const jobs = createJobRunner(emit);

  function project(): Project {
    if (current) return current.project;
    throw new AppError('store.missing', 'No project is open in this window. Open or create one.');
  }

  function writable(): Project {
    const open = project();
    if (open.store.isReadOnly)
      throw new AppError(
        'app.readonly',
        'This project is open for writing in another window, so here it can only be read. Nothing was changed.',
      );
    if (open.store.isWriting())
      throw new AppError(
        'app.busy',
        'A file is being imported. Wait until it has ended, or cancel it. Nothing was changed.',
      );
    return open;
  }

  async function close(): Promise<void> {
    await jobs.stop();
    current?.stopIndexing();
    await release(loaded);
    current?.project.close();
    current = undefined;
  }

  const context: SessionContext = {
    project,
    writable,
    get isEncrypted() {
      return current?.isEncrypted ?? false;
    },
    async open(path, passphrase) {
      let opened = openForWindow(path, passphrase);
      await close();
      if (opened.store.isReadOnly) {
        // It may have been this very window that wrote to it.
        opened.close();
        opened = openForWindow(path, passphrase);
      }
      if (!opened.store.isReadOnly) sweepExports(opened.store);
      current = {
        project: opened,
        isEncrypted: passphrase !== undefined,
        stopIndexing: startIndexing(opened.store, () => jobs.running() !== undefined),
      };
      changed('project', 'jobs');
    },
    close,
    startJob: (kind, run, topics) => jobs.start(kind, writable(), run, topics),
    runningJob: jobs.running,
    cancelJob: jobs.cancel,
    pauseJob: jobs.pause,
    finishJob: jobs.finish,
    changed,
    loaded,
  };

  return {
    async call(name, input) {
      try {
        return { ok: true, value: await dispatch(context, name, input) };
      } catch (error) {
        return { ok: false, error: toWireError(error) };
      }
    },
    close,
  };
}

async function dispatch(context: SessionContext, name: string, input: unknown): Promise<unknown> {
  if (!isMethod(name)) throw new AppError('app.usage', `There is no ${name}.`);
  const parsed = methods[name].input.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`,
    );
    throw new AppError('app.usage', `${problems.join('; ')}.`, { details: { problems } });
  }
  // The table is total: the handler of a name takes what the schema of that name gives.
  const handle = handlers[name] as (context: SessionContext, input: unknown) => unknown;
  return handle(context, parsed.data);
}

function isMethod(name: string): name is keyof typeof methods {
  return Object.hasOwn(methods, name);
}

/** For writing; only for reading when another window or program writes to it already. */
function openForWindow(path: string, passphrase: string | undefined): Project {
  if (!existsSync(path))
    throw new AppError('store.missing', `There is no project ${path}. It may have been moved.`);
  try {
    return openProject(path, { mode: 'write', passphrase });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.locked') throw error;
    return openProject(path, { mode: 'read', passphrase });
  }
}

async function release(loaded: Loaded): Promise<void> {
  const { student, recordedTeacher, endpoint } = loaded;
  loaded.student = undefined;
  loaded.recordedTeacher = undefined;
  loaded.endpoint = undefined;
  loaded.counts = undefined;
  await recordedTeacher?.close();
  await endpoint?.listener.close();
  await endpoint?.folder.predictor.close();
  await student?.folder.predictor.close();
}

/** An error as it crosses to the window. */
export function toWireError(error: unknown): WireError {
  const { code, message, details } = toAppError(error);
  // Only what can be copied crosses; details are plain data by convention.
  return { code, message, details: JSON.parse(JSON.stringify(details)) as WireError['details'] };
}
