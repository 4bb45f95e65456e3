import './gate/lockdown.ts';
import type { FromEngine, ToEngine, WireEvent } from '../shared/contract/wire.ts';
import { createSession, type Session } from './app/session.ts';

/** What Electron's utility process has instead of `process.send`. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: ToEngine }) => void): void;
  postMessage(message: FromEngine): void;
}

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
  process.on('disconnect', () => process.exit());
}
post({ kind: 'ready' });

function receive(message: ToEngine): void {
  if (message.kind === 'close-session') {
    const session = sessions.get(message.session);
    sessions.delete(message.session);
    void session?.close();
    return;
  }
  const { id, method, input } = message;
  void sessionOf(message.session)
    .call(method, input)
    .then((result) => post({ kind: 'answer', id, result }));
}

function sessionOf(number: number): Session {
  const known = sessions.get(number);
  if (known) return known;
  const emit = (event: WireEvent) => post({ kind: 'event', session: number, event });
  const session = createSession(emit);
  sessions.set(number, session);
  return session;
}
