import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

const url = new URL('../../../src/main/onnx/no-telemetry.ts', import.meta.url).href;
const program = `
  const { parentPort } = require('node:worker_threads');
  import('${url}').then(({ forbidTelemetry }) => forbidTelemetry()).then(
    () => parentPort.postMessage('allowed'),
    (error) => parentPort.postMessage(error.code),
  );`;

/** What a worker thread with this environment is told when it wants to load the runtime. */
async function askInWorker(env: NodeJS.ProcessEnv): Promise<unknown> {
  const worker = new Worker(program, { eval: true, env });
  const [answer] = await once(worker, 'message');
  await worker.terminate();
  return answer;
}

describe('telemetry', () => {
  it('must be off in the process before a worker may load ONNX Runtime', async () => {
    expect(await askInWorker({})).toBe('app.bug');
    expect(await askInWorker({ ORT_DISABLE_TELEMETRY: '1' })).toBe('allowed');
  });
});
