import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  askResult,
  hear,
  launch,
  type RunningApp,
  type TestWindow,
} from '../helpers/launch.ts';
import { answerQuestions, chooseInMenu, countWindows } from './menu.ts';

const patience = { timeout: 60_000, interval: 250 };

let running: RunningApp;
let path: string;
beforeAll(async () => {
  running = await launch();
  path = join(running.folder, 'desk.stillroom');
  await ask(running.page, 'project.sample', { path });
});
afterAll(() => running.close());

const states = () =>
  running.page.evaluate(() =>
    (globalThis as unknown as TestWindow).heard.flatMap((event) =>
      event.kind === 'job' ? [event.job.state] : [],
    ),
  );
const startJob = async () => {
  await hear(running.page);
  const started = await ask(running.page, 'curate.run', {});
  await expect.poll(states, patience).toContain('running');
  return started;
};
const closeWindow = async () => {
  const handle = await running.app.browserWindow(running.page);
  await handle.evaluate((window) => window.close());
};

describe('offline', () => {
  let received = 0;
  const server = createServer((_request, response) => {
    received++;
    response.writeHead(500).end();
  });
  beforeAll(
    () => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve())),
  );
  afterAll(() => void server.close());
  const teach = () =>
    ask(running.page, 'teach.run', {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      model: 'local',
      concurrency: 1,
    });
  const end = async (): Promise<string | undefined> => {
    const jobs = () =>
      running.page.evaluate(() =>
        (globalThis as unknown as TestWindow).heard.flatMap((event) =>
          event.kind === 'job' && event.job.state !== 'running' ? [event.job] : [],
        ),
      );
    await expect.poll(async () => (await jobs()).length, patience).toBeGreaterThan(0);
    return (await jobs()).at(-1)?.error?.code;
  };

  test('lets nothing out, not even to this computer, and every window hears of it', async () => {
    await hear(running.page);
    await chooseInMenu(running, 'Offline: nothing is sent');
    const settings = () =>
      running.page.evaluate(() =>
        (globalThis as unknown as TestWindow).heard.findLast(({ kind }) => kind === 'settings'),
      );
    await expect.poll(settings, patience).toMatchObject({ settings: { isOffline: true } });
    await teach();
    expect(await end()).toBe('gate.offline');
    expect(received).toBe(0);
    expect(await ask(running.page, 'ledger.list', { limit: 10 })).toMatchObject({ entries: [] });
  });

  test('but the recorded teacher, which is this very process, answers', async () => {
    await hear(running.page);
    const { baseUrl, model } = await ask(running.page, 'teach.recorded', { action: 'start' });
    const before = (await ask(running.page, 'project.summary', {})).labelled;
    const { jobId } = await ask(running.page, 'teach.run', { baseUrl: baseUrl!, model });
    const labelled = async () => (await ask(running.page, 'project.summary', {})).labelled;
    await expect.poll(labelled, patience).toBeGreaterThan(before);
    await ask(running.page, 'jobs.cancel', { id: jobId });
    await end();
  });

  test('planted: switched off, the same question arrives', async () => {
    await hear(running.page);
    await askResult(running.page, 'desktop.settings', { isOffline: false });
    const { jobId } = await teach();
    await expect.poll(() => received, patience).toBeGreaterThan(0);
    await ask(running.page, 'jobs.cancel', { id: jobId });
    await end();
  });
});

describe('a job that ends', () => {
  const LONG_MS = 11_000;
  type Watched = typeof globalThis & { notices: string[]; realNow: () => number };

  /** Keeps what is notified instead of showing it, with the window in front or not, and the desktop's clock so far ahead. */
  const prepare = (isFocused: boolean, aheadMs: number) =>
    running.app.evaluate(
      ({ BrowserWindow, Notification }, given) => {
        const watched = globalThis as Watched;
        watched.notices = [];
        watched.realNow ??= Date.now;
        Date.now = () => watched.realNow() + given.aheadMs;
        Notification.isSupported = () => true;
        Notification.prototype.show = function show(this: { title: string; body: string }) {
          watched.notices.push(`${this.title}: ${this.body}`);
        };
        for (const window of BrowserWindow.getAllWindows())
          window.isFocused = () => given.isFocused;
      },
      { isFocused, aheadMs },
    );
  const notices = () => running.app.evaluate(() => (globalThis as Watched).notices);

  test.each([
    ['long, in a window that nobody looks at, is notified', false, LONG_MS, 1],
    ['long, in the window in front, is not', true, LONG_MS, 0],
    ['at once is not', false, 0, 0],
  ])('%s', async (_words, isFocused, aheadMs, count) => {
    const { jobId } = await startJob();
    await prepare(isFocused, aheadMs);
    await ask(running.page, 'jobs.cancel', { id: jobId });
    await expect.poll(states, patience).toContain('cancelled');
    // What kind of job it was, and nothing of the project.
    expect(await notices()).toEqual(Array(count).fill('Stillroom: Checks cancelled.'));
    await prepare(true, 0);
  });
});

describe('closing a window with a job at work', () => {
  const progress = () =>
    running.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (window as unknown as { shown?: number }).shown;
    });

  test('shows the job on the taskbar until it ends', async () => {
    const { app } = running;
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.setProgressBar = (fraction) => Object.assign(window!, { shown: fraction });
    });
    const { jobId } = await startJob();
    await expect.poll(progress, patience).toBeGreaterThanOrEqual(0);
    await ask(running.page, 'jobs.cancel', { id: jobId });
    await expect.poll(progress, patience).toBe(-1);
  });

  test('"Keep the window open" keeps it', async () => {
    await answerQuestions(running, 0);
    await startJob();
    await closeWindow();
    await running.page.waitForTimeout(300);
    expect(running.page.isClosed()).toBe(false);
  });

  test('"Pause and close" closes it, and the job is offered again at the next opening', async () => {
    const { app } = running;
    const opened = app.waitForEvent('window');
    await app.evaluate(({ app: own }) => own.emit('second-instance', {}, ['x'], '/'));
    const page = await opened;
    await page.waitForLoadState('load');
    await answerQuestions(running, 1);
    await closeWindow();
    await expect.poll(() => countWindows(running), patience).toBe(1);
    running = { ...running, page };
    const open = async () => (await askResult(page, 'project.open', { path })).ok;
    await expect.poll(open, patience).toBe(true);
    await expect
      .poll(async () => (await ask(page, 'project.summary', {})).isReadOnly, patience)
      .toBe(false);
    const [job] = await ask(page, 'jobs.list', {});
    expect(job).toMatchObject({ kind: 'curate', state: 'interrupted', isResumable: true });
  });

  test('resumed, it is not offered a second time; what is discarded neither', async () => {
    const { page } = running;
    await hear(page);
    const before = await ask(page, 'jobs.list', {});
    const { jobId } = await ask(page, 'jobs.resume', { id: before[0]!.id });
    expect((await ask(page, 'project.summary', {})).interruptedJobs).toBe(0);
    await ask(page, 'jobs.cancel', { id: jobId });
    await expect.poll(states, patience).toContain('cancelled');
  });

  test('"Close when it is finished" closes it then, and quits where quitting was wanted', async () => {
    const { app } = running;
    await answerQuestions(running, 2);
    const { jobId } = await startJob();
    const ended = app.waitForEvent('close', { timeout: 60_000 });
    await app.evaluate(({ app: own }) => own.quit());
    const notice = () =>
      running.page.evaluate(() =>
        (globalThis as unknown as TestWindow).heard.some(({ kind }) => kind === 'notice'),
      );
    await expect.poll(notice, patience).toBe(true);
    await ask(running.page, 'jobs.cancel', { id: jobId });
    await ended;
  });

  test('the log says what happened, and nothing of what was in it', () => {
    const log = readFileSync(join(running.folder, 'profile/logs/stillroom.log'), 'utf8');
    const events = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['start', 'job', 'quit']),
    );
    const sample = readFileSync(join(import.meta.dirname, '../../../sample/tickets.csv'), 'utf8');
    const words = (text: string) => new Set(text.match(/[a-z]{7,}/gi) ?? []);
    const own = new Set(['version', 'electron', 'cancelled', 'seconds', 'offline', 'curate']);
    const shared = [...words(log)].filter((word) => words(sample).has(word) && !own.has(word));
    expect(shared).toEqual([]);
    expect(log).not.toContain(running.folder);
    expect(log).not.toContain('desk');
  });
});
