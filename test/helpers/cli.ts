import { vi } from 'vitest';
import { main } from '../../src/main/cli/main.ts';

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
