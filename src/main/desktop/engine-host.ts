import { fork } from 'node:child_process';
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { FromEngine, ToEngine } from '../../shared/contract/wire.ts';

/** A running engine process, whichever way it was started. */
interface EngineProcess {
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onClose(listener: (exitCode: number) => void): void;
  /** Asks it to end, and ends it where it does not. */
  stop(): Promise<void>;
}

/** Node's ABI that the native modules need; an older Electron gets a Node of its own for the engine. */
const MINIMUM_NODE_MAJOR = 22;

/** The engine gives its jobs 5 s to stop. */
const STOP_LIMIT_MS = 6_000;

/** Starts the engine beside the window: in Electron's utility process, or under a newer Node for the stand-in. */
export function startEngine(folder: string): EngineProcess {
  const entry = join(folder, 'engine.js');
  const nodeMajor = Number(process.versions.node.split('.')[0]);
  return nodeMajor >= MINIMUM_NODE_MAJOR ? startUtility(entry) : startChild(entry);
}

function startUtility(entry: string): EngineProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Stillroom engine',
    env: engineEnvironment(),
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onClose: (listener) => child.on('exit', listener),
    stop: () => stop(child, () => child.postMessage({ kind: 'stop' })),
  };
}

function startChild(entry: string): EngineProcess {
  const execPath =
    process.env.STILLROOM_NODE ?? join(import.meta.dirname, '../../../node_modules/.bin/node');
  // A Node of its own can't read the archive of a packaged app; a test lays the same files beside it.
  const child = fork(entry.replace(/\bapp\.asar\b/, 'app.asar.unpacked'), [], {
    execPath,
    // Switches of this process, such as a debugger's port, are not the engine's.
    execArgv: [],
    env: engineEnvironment(),
    serialization: 'advanced',
  });
  return {
    post: (message) => child.connected && child.send(message),
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onClose: (listener) => child.on('exit', (code) => listener(code ?? 1)),
    stop: () => stop(child, () => child.connected && child.send({ kind: 'stop' })),
  };
}

function stop(
  child: { once(event: 'exit', listener: () => void): unknown; kill(): boolean },
  ask: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill(), STOP_LIMIT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    ask();
  });
}

function engineEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !name.startsWith('ELECTRON_'),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ORT_DISABLE_TELEMETRY: '1' };
}
