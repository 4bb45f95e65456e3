import type { Result } from '../../shared/contract/result.ts';
import type { FromEngine, WireEvent } from '../../shared/contract/wire.ts';
import { startEngine } from './engine-host.ts';
import { createOpenProjects, type OpenProject } from './open-projects.ts';

const MAX_RESTARTS_A_MINUTE = 5;

/** Calls into the engine; starts it again when it dies, and answers what was under way with an error that says so. */
export interface EngineClient {
  /** Starts the engine; without this the first call does, and waits for it. */
  wake(): void;
  call(session: number, method: string, input: unknown): Promise<Result<unknown>>;
  closeSession(session: number): void;
  /** The project that a window has open. */
  projectOf(session: number): OpenProject | undefined;
  /** Closes the gate, or opens it again; a new engine is told, too. */
  setOffline(isOffline: boolean): void;
  onEvent(listener: (session: number, event: WireEvent) => void): void;
  /** Called after a death: when the engine is back with every project open again, or when it was given up. */
  onRestart(listener: (isBack: boolean) => void): void;
  /** Called at each end of the engine that nobody asked for. */
  onDeath(listener: (exitCode: number) => void): void;
  /** Lets the engine close every project before it ends. */
  stop(): Promise<void>;
}

const stopped: Result<never> = {
  ok: false,
  error: {
    code: 'app.engine',
    message: 'The engine stopped during this. What was finished is kept; try again.',
    details: {},
  },
};
const givenUp: Result<never> = {
  ok: false,
  error: {
    code: 'app.engine',
    message:
      'The engine keeps stopping. Close Stillroom and open it again; what was finished is kept.',
    details: {},
  },
};

export function createEngineClient(folder: string): EngineClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const eventListeners: ((session: number, event: WireEvent) => void)[] = [];
  const restartListeners: ((isBack: boolean) => void)[] = [];
  const deathListeners: ((exitCode: number) => void)[] = [];
  const projects = createOpenProjects();
  let nextId = 1;
  let isStopping = false;
  let isOffline = false;
  let isGivenUp = false;
  let starts: number[] = [];
  let engine: ReturnType<typeof startEngine> | undefined;

  const running = () => {
    engine ??= launch();
    return engine;
  };

  function launch() {
    starts = [...starts.filter((atMs) => Date.now() - atMs < 60_000), Date.now()];
    const child = startEngine(folder);
    child.onMessage(receive);
    child.onClose((exitCode) => void recover(exitCode));
    child.post({ kind: 'offline', isOffline });
    return child;
  }

  async function recover(exitCode: number): Promise<void> {
    for (const answer of waiting.values()) answer(stopped);
    waiting.clear();
    if (isStopping) return;
    for (const listener of deathListeners) listener(exitCode);
    isGivenUp = starts.length > MAX_RESTARTS_A_MINUTE;
    if (!isGivenUp) {
      engine = launch();
      for (const { session, path, passphrase } of projects.list())
        await post(session, 'project.open', { path, passphrase });
    }
    for (const listener of restartListeners) listener(!isGivenUp);
  }

  function receive(message: FromEngine): void {
    if (message.kind === 'answer') {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    } else if (message.kind === 'event') {
      for (const listener of eventListeners) listener(message.session, message.event);
    }
  }

  function post(session: number, method: string, input: unknown): Promise<Result<unknown>> {
    const id = nextId++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      running().post({ kind: 'call', id, session, method, input });
    });
  }

  return {
    wake: running,
    async call(session, method, input) {
      if (isGivenUp) return givenUp;
      const result = await post(session, method, input);
      if (result.ok) projects.hear(session, method, input);
      return result;
    },
    closeSession(session) {
      projects.forget(session);
      engine?.post({ kind: 'close-session', session });
    },
    projectOf: projects.of,
    setOffline(value) {
      isOffline = value;
      engine?.post({ kind: 'offline', isOffline });
    },
    onEvent: (listener) => eventListeners.push(listener),
    onRestart: (listener) => restartListeners.push(listener),
    onDeath: (listener) => deathListeners.push(listener),
    stop() {
      isStopping = true;
      return isGivenUp || !engine ? Promise.resolve() : engine.stop();
    },
  };
}
