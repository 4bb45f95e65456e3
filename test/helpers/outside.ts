import { execFileSync } from 'node:child_process';

/** Runs a program outside the project, in `folder`, with `given` as JSON on its standard input; its JSON answer. */
export function runOutside(
  folder: string,
  program: string,
  args: readonly string[],
  given: unknown,
): unknown {
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const output = execFileSync(program, [...args], {
    cwd: folder,
    input: JSON.stringify(given),
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1e9,
  });
  return JSON.parse(output.toString('utf8'));
}

/** Whether a program is here and ends well with these arguments. */
export function has(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
