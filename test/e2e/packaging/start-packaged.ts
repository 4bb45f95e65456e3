import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { attach, type DebuggedPage } from './debugged-page.ts';

export interface PackagedApp {
  /** The pages of its windows that are not closed, oldest first. */
  pages(): Promise<DebuggedPage[]>;
  close(): Promise<void>;
}

/**
 * Starts a packaged app. Its fuses keep a debugger out of the main process, so that only the pages are seen, by
 * Chromium's own debugging port.
 */
export async function startPackaged(program: string, folder: string): Promise<PackagedApp> {
  const child = run(program, folder, ['--remote-debugging-port=0']);
  const port = await debuggingPort(child);
  const known = new Map<string, Promise<DebuggedPage>>();
  return {
    async pages() {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const targets = (await answer.json()) as {
        id: string;
        type: string;
        webSocketDebuggerUrl: string;
      }[];
      const pages = targets.filter(({ type }) => type === 'page').reverse();
      for (const { id, webSocketDebuggerUrl } of pages)
        if (!known.has(id)) known.set(id, attach(webSocketDebuggerUrl));
      return Promise.all(pages.map(({ id }) => known.get(id)!));
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Starts it and waits for its end, which comes by itself: it hands a file over to a running one, or finds no app. */
export async function runPackaged(
  program: string,
  folder: string,
  ...args: string[]
): Promise<number> {
  const child = run(program, folder, args);
  child.stderr?.resume();
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

function run(program: string, folder: string, args: readonly string[]): ChildProcess {
  return spawn(
    program,
    ['--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, STILLROOM_NODE: process.execPath },
    },
  );
}

function debuggingPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr!.on('data', (chunk) => {
      text += String(chunk);
      const [, port] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (port) resolve(port);
    });
    child.on('exit', () => reject(new Error(`The packaged app ended at once:\n${text}`)));
  });
}
