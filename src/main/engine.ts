import './gate/lockdown.ts';
import type { FromEngine, ToEngine, WireEvent } from '../shared/contract/wire.ts';
import { createSession, type Session } from './app/session.ts';
import { setOffline } from './gate/offline.ts';
import { yieldToOthers } from './lib/yield-to-others.ts';

/** What Electron's utility process has instead of `process.send`. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: ToEngine }) => void): void;
  postMessage(message: FromEngine): void;
}

/** A job that does not stop by then is cut off; its row says so at the next opening. */
const STOP_LIMIT_MS = 5_000;

/** The engine's process: one session for each window, whichever way the process was started. */
const port = (process as { parentPort?: ParentPort }).parentPort;
const sessions = new Map<number, Session>();

const post = (message: FromEngine): void => {
  if (port) port.postMessage(message);
  else if (process.connected) process.send!(message);
};

if (port) port.on('message', ({ data }) => receive(data));
else {
  process.on('message', (message) => receive(message as ToEngine)); // only the desktop starts this process
  // Without a window nobody can ask for anything: the desktop is gone.
  process.on('disconnect', () => void stop());
}
yieldToOthers();
post({ kind: 'ready' });

function receive(message: ToEngine): void {
  if (message.kind === 'call') answer(message);
  else if (message.kind === 'close-session') void closeSession(message.session);
  else if (message.kind === 'offline') setOffline(message.isOffline);
  else void stop();
}

function answer({ id, session, method, input }: ToEngine & { kind: 'call' }): void {
  void sessionOf(session)
    .call(method, input)
    .then((result) => post({ kind: 'answer', id, result }));
}

async function closeSession(number: number): Promise<void> {
  const session = sessions.get(number);
  sessions.delete(number);
  await session?.close();
}

/** Jobs are stopped where they can go on later, and projects are closed, before the process ends. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(), STOP_LIMIT_MS).unref();
  await Promise.allSettled([...sessions.keys()].map(closeSession));
  process.exit();
}

function sessionOf(number: number): Session {
  const known = sessions.get(number);
  if (known) return known;
  const emit = (event: WireEvent) => post({ kind: 'event', session: number, event });
  const session = createSession(emit);
  sessions.set(number, session);
  return session;
}
