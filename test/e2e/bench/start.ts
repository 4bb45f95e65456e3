import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findElectron } from '../../../scripts/electron.ts';
import { median } from './numbers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const STARTS = 5;
const SETTLE_MS = 3_000;
const PATIENCE_MS = 180_000;
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
      name: 'the same, processor time of all processes',
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
  const { executable } = await findElectron();
  const startedAtMs = Date.now();
  const child = spawn(
    executable,
    [root, '--no-sandbox', `--user-data-dir=${profile}`, '--remote-debugging-port=0'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(child.stderr));
    const page = await firstPage(browser);
    await page.getByRole('button', { name: /try the sample/i }).waitFor({ timeout: PATIENCE_MS });
    const paintedAtMs = await page.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return performance.timeOrigin + (paint?.startTime ?? performance.now());
    });
    const cpuMs = processesUnder(child.pid!).reduce((sum, pid) => sum + cpuOf(pid), 0);
    await page.waitForTimeout(SETTLE_MS);
    const engine = processesUnder(child.pid!).find((pid) => commandOf(pid).includes('engine'));
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

async function firstPage(browser: Awaited<ReturnType<typeof chromium.connectOverCDP>>) {
  const [context] = browser.contexts();
  return context!.pages()[0] ?? (await context!.waitForEvent('page'));
}

function processesUnder(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => statOf(each)?.[1] === String(pid));
  return [pid, ...children.flatMap(processesUnder)];
}

/** Fields of /proc/PID/stat after the name: state, parent, ... */
function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  } catch {
    return undefined;
  }
}

/** Milliseconds of the processor, the kernel's included. */
function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return stat ? ((Number(stat[11]) + Number(stat[12])) / TICKS_A_SECOND) * 1000 : 0;
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
