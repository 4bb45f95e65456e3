import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findForeignTraffic } from './foreign-traffic.ts';

/** Root may unshare at once; others need a user namespace of their own, where the system grants one. */
const unshare = ['unshare', process.getuid?.() === 0 ? '-n' : '-rn'];

/** Why traffic cannot be watched on this machine; undefined when it can. */
export function whyNotTraceable(): string | undefined {
  if (process.platform !== 'linux') return 'system calls can be traced on Linux only';
  if (spawnSync('strace', ['-V']).status !== 0) return 'strace is not installed';
  if (spawnSync('ip', ['-V']).status !== 0) return 'ip (iproute2) is not installed';
  const probe = spawnSync(unshare[0]!, [unshare[1]!, 'strace', '-f', '-o', '/dev/null', 'true']);
  return probe.status === 0
    ? undefined
    : 'this machine allows no network namespace or no system call trace';
}

export interface TracedRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Connections, look-ups and datagrams to anything but a server that the command itself started. */
  readonly foreign: readonly string[];
  readonly connections: number;
  /** What the command left in the home folder, which was empty. */
  readonly leftInHome: readonly string[];
}

/**
 * Runs a command with a loopback interface of its own and nothing else, every network call traced, in a fresh home,
 * without `CI` (which silences ONNX Runtime's telemetry by itself) and without the variable that switches it off.
 */
export async function runTraced(
  command: readonly string[],
  options: { folder: string; timeoutMs: number; stopAtFirst?: boolean },
): Promise<TracedRun> {
  const home = join(options.folder, 'home');
  const trace = join(options.folder, 'trace.txt');
  mkdirSync(home, { recursive: true });
  const { CI: _ci, ORT_DISABLE_TELEMETRY: _ort, ...inherited } = process.env;
  const env = Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !/^(XDG_|VITEST|NODE_OPTIONS)/.test(name)),
  );
  const inside = 'ip link set lo up && exec strace -f -qq -s 128 -e trace=network -o "$0" "$@"';
  const spawnOptions: SpawnOptions = {
    env: { ...env, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  };
  const child = spawn(
    unshare[0]!,
    [unshare[1]!, 'sh', '-c', inside, trace, ...command],
    spawnOptions,
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const readTrace = () => (existsSync(trace) ? readFileSync(trace, 'utf8') : '');

  const endMs = Date.now() + options.timeoutMs;
  let exitCode: number | null | undefined;
  while (exitCode === undefined && Date.now() < endMs) {
    exitCode = await Promise.race([ended, sleep(500, undefined)]);
    if (options.stopAtFirst && findForeignTraffic(readTrace()).foreign.length > 0) break;
  }
  if (exitCode === undefined) {
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
  }
  return {
    ...findForeignTraffic(readTrace()),
    exitCode: exitCode ?? null,
    output,
    leftInHome: readdirSync(home, { recursive: true, encoding: 'utf8' }),
  };
}
