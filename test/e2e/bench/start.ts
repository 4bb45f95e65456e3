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
const STARTS = 5;
const SETTLE_MS = 3_000;
const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const TICKS_A_SECOND = 100;

interface Start {
  readonly usableMs: number;
  readonly cpuMs: number;
  readonly engineMb: number;
}

/** From the start of the process to the first screen painted with its buttons, without a driver in between. */
export async function measureStart() {
  const starts: Start[] = [];
  const profile = mkdtempSync(join(tmpdir(), 'stillroom-start-'));
  try {
    for (let i = 0; i < STARTS; i++) starts.push(await startOnce(profile));
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
  const warm = starts.slice(1);
  return [
    {
      name: 'start to usable window, median of warm starts',
      value: median(warm.map(({ usableMs }) => usableMs)),
      unit: 'ms',
      target: '<= 1500',
    },
    {
      name: 'the same, processor time of all processes in the first seconds',
      value: median(warm.map(({ cpuMs }) => cpuMs)),
      unit: 'CPU ms',
    },
    { name: 'start to usable window, first', value: starts[0]!.usableMs, unit: 'ms' },
    {
      name: 'idle engine, resident memory',
      value: median(starts.map(({ engineMb }) => engineMb)),
      unit: 'MB',
      target: '<= 150',
    },
  ];
}

async function startOnce(profile: string): Promise<Start> {
  const { executable, switches } = await findElectron();
  const startedAtMs = Date.now();
  const child = spawn(
    executable,
    [root, '--no-sandbox', ...switches, `--user-data-dir=${profile}`, '--remote-debugging-port=0'],
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
    await page.getByRole('button', { name: /try the sample/i }).waitFor({ timeout: PATIENCE_MS });
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

/** Waits until the debugger lists the app's page. */
async function pageListed(host: string): Promise<void> {
  for (;;) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as { url: string }[];
    if (targets.some(({ url }) => url.startsWith('app://'))) return;
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
