import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../bin/stillroom.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly wasKilled: boolean;
  readonly json: Record<string, unknown> | undefined;
  readonly stderr: string;
  readonly elapsedMs: number;
}

/** Runs one command to its end, or kills it (SIGKILL, nothing can be tidied up) after a while. */
export function run(
  args: readonly string[],
  options: { killAfterMs?: number; script?: string } = {},
): Promise<Ended> {
  const startMs = performance.now();
  const child = spawn(
    process.execPath,
    [options.script ?? cli, ...args, ...(options.script ? [] : ['--json'])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const timer =
    options.killAfterMs === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), options.killAfterMs);
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const isWhole = stdout.trimEnd().endsWith('}');
      resolve({
        code,
        wasKilled: signal === 'SIGKILL',
        json: isWhole ? (JSON.parse(stdout) as Record<string, unknown>) : undefined,
        stderr,
        elapsedMs: performance.now() - startMs,
      });
    });
  });
}
