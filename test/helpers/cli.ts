import { vi } from 'vitest';
import { main } from '../../src/main/cli/main.ts';

/** A command line's answer as a program reads it, and its exit code. */
export async function runCliJson(...args: string[]) {
  const { code, stdout } = await runCli(...args, '--json');
  return { code, value: JSON.parse(stdout) };
}

/** What a command line writes to standard output, and its exit code. */
export async function runCli(...args: string[]): Promise<{ code: number; stdout: string }> {
  let stdout = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk, encoding, done) => {
    stdout += chunk;
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return { code: await main(args), stdout };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
