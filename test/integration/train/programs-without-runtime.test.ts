import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { has } from '../../helpers/outside.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-no-runtime-'));
const own = new URL('../../../src/main/train/students/linear/run/', import.meta.url);
cpSync(fileURLToPath(own), join(folder, 'run'), { recursive: true });

function told(program: string, path: string, env: NodeJS.ProcessEnv = process.env) {
  const { status, stderr } = spawnSync(program, [join(folder, 'run', path), 'a text'], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).not.toMatch(/Traceback|\n *at /);
  expect(status).toBe(1);
  return stderr;
}

test('a program outside says what it lacks in one line: JavaScript', () => {
  expect(told(process.execPath, 'predict.mjs')).toContain("'onnxruntime-node'");
});

test.skipIf(!has('python3', '--version'))('and Python (left out where python3 is missing)', () => {
  const without = join(folder, 'without');
  mkdirSync(without);
  writeFileSync(join(without, 'numpy.py'), '');
  writeFileSync(
    join(without, 'onnxruntime.py'),
    'raise ModuleNotFoundError("No module named \'onnxruntime\'")\n',
  );
  const env = { ...process.env, PYTHONPATH: without, PYTHONDONTWRITEBYTECODE: '1' };
  expect(told('python3', 'predict.py', env)).toBe(
    "No module named 'onnxruntime'. This program needs: pip install onnxruntime numpy\n",
  );
});
