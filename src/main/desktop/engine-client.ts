import type { Result } from '../../shared/contract/result.ts';
import type { FromEngine, WireEvent } from '../../shared/contract/wire.ts';
import { startEngine } from './engine-host.ts';

const MAX_RESTARTS_A_MINUTE = 5;

/** Calls into the engine; starts it again when it dies, and answers what was under way with an error that says so. */
export interface EngineClient {
  call(session: number, method: string, input: unknown): Promise<Result<unknown>>;
  closeSession(session: number): void;
  onEvent(listener: (session: number, event: WireEvent) => void): void;
  /** Called after a restart, with the words for the window. */
  onRestart(listener: () => void): void;
  stop(): void;
}

export function createEngineClient(folder: string): EngineClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const eventListeners: ((session: number, event: WireEvent) => void)[] = [];
  const restartListeners: (() => void)[] = [];
  let nextId = 1;
  let isStopping = false;
  let starts: number[] = [];
  let engine = launch();

  function launch() {
    starts = [...starts.filter((atMs) => Date.now() - atMs < 60_000), Date.now()];
    const child = startEngine(folder);
    child.onMessage(receive);
    child.onClose(() => {
      for (const answer of waiting.values())
        answer({
          ok: false,
          error: {
            code: 'app.engine',
            message: 'The engine stopped during this. What was finished is kept; try again.',
            details: {},
          },
        });
      waiting.clear();
      if (isStopping || starts.length > MAX_RESTARTS_A_MINUTE) return;
      engine = launch();
      for (const listener of restartListeners) listener();
    });
    return child;
  }

  function receive(message: FromEngine): void {
    if (message.kind === 'answer') {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    } else if (message.kind === 'event') {
      for (const listener of eventListeners) listener(message.session, message.event);
    }
  }

  return {
    call(session, method, input) {
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        engine.post({ kind: 'call', id, session, method, input });
      });
    },
    closeSession: (session) => engine.post({ kind: 'close-session', session }),
    onEvent: (listener) => eventListeners.push(listener),
    onRestart: (listener) => restartListeners.push(listener),
    stop() {
      isStopping = true;
      engine.close();
    },
  };
}
