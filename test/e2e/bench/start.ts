import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findElectron } from '../../../scripts/electron.ts';
import { median } from './numbers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const emptyApp = fileURLToPath(new URL('./empty-app', import.meta.url));
const STARTS = 9;
const SETTLE_MS = 3_000;
const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const TICKS_A_SECOND = 100;

interface Start {
  readonly usableMs: number;
  readonly cpuMs: number;
  readonly engineMb: number;
}

/**
 * From the start of the process to the first screen painted with its buttons, without a driver in between. An empty
 * Electron window is started in turns with it, since on a busy machine only the ratio of the two tells much.
 */
export async function measureStart() {
  const own: Start[] = [];
  const empty: Start[] = [];
  const [profile, emptyProfile] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'stillroom-start-')));
  try {
    for (let i = 0; i < STARTS; i++) {
      own.push(await startOnce(root, profile!, 'Try the sample'));
      empty.push(await startOnce(emptyApp, emptyProfile!));
    }
  } finally {
    for (const folder of [profile!, emptyProfile!])
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const usableMs = (starts: readonly Start[]) => median(starts.slice(1).map((one) => one.usableMs));
  return [
    {
      name: 'start to usable window, median of warm starts',
      value: usableMs(own),
      unit: 'ms',
      target: '<= 1500',
    },
    {
      name: 'an empty Electron window, started in turns with it',
      value: usableMs(empty),
      unit: 'ms',
    },
    { name: 'the ratio of both', value: usableMs(own) / usableMs(empty), unit: 'times' },
    {
      name: 'start, processor time of all processes in the first seconds',
      value: median(own.slice(1).map(({ cpuMs }) => cpuMs)),
      unit: 'CPU ms',
    },
    { name: 'start to usable window, first', value: own[0]!.usableMs, unit: 'ms' },
    {
      name: 'idle engine, resident memory',
      value: median(own.map(({ engineMb }) => engineMb)),
      unit: 'MB',
      target: '<= 150',
    },
  ];
}

/** One start; `button` is what must be there for the window to be of use. */
async function startOnce(folder: string, profile: string, button?: string): Promise<Start> {
  const { executable, switches } = await findElectron();
  const startedAtMs = Date.now();
  const child = spawn(
    executable,
    [
      folder,
      '--no-sandbox',
      ...switches,
      `--user-data-dir=${profile}`,
      '--remote-debugging-port=0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const address = await debuggerAddress(child.stderr);
    // A page that is looked at while it begins to load is lost to the driver, so that this comes late on purpose.
    await pageListed(new URL(address).host);
    await sleep(SETTLE_MS);
    const cpuMs = processesUnder(child.pid!).reduce((sum, pid) => sum + cpuOf(pid), 0);
    const engine = processesUnder(child.pid!).find((pid) => commandOf(pid).includes('engine'));
    const browser = await chromium.connectOverCDP(address);
    const page = browser.contexts()[0]!.pages()[0]!;
    if (button) await page.getByRole('button', { name: button }).waitFor({ timeout: PATIENCE_MS });
    const paintedAtMs = await page.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return performance.timeOrigin + (paint?.startTime ?? performance.now());
    });
    await browser.close();
    return {
      usableMs: Math.round(paintedAtMs - startedAtMs),
      cpuMs,
      engineMb: engine ? Math.round(residentBytes(engine) / 1e6) : Number.NaN,
    };
  } finally {
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function debuggerAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stderr.on('data', (chunk) => {
      text += chunk;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
      if (address) resolve(address);
    });
    stderr.on('end', () => reject(new Error(`The app ended: ${text}`)));
  });
}

/** Waits until the debugger lists the page. */
async function pageListed(host: string): Promise<void> {
  for (;;) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as { url: string }[];
    if (targets.some(({ url }) => /^(app|file):/.test(url))) return;
    await sleep(POLL_MS);
  }
}

function processesUnder(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => statOf(each)[1] === String(pid));
  return [pid, ...children.flatMap(processesUnder)];
}

/** A file of a process; empty once it has ended. */
function readProcess(pid: number, name: 'stat' | 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** Fields of /proc/PID/stat after the name: state, parent, ... */
const statOf = (pid: number): string[] =>
  readProcess(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];

/** Milliseconds of the processor, the kernel's included. */
function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return ((Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / TICKS_A_SECOND) * 1000;
}

const commandOf = (pid: number): string => readProcess(pid, 'cmdline');

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readProcess(pid, 'status')) ?? [];
  return Number(kilobytes) * 1024;
}
