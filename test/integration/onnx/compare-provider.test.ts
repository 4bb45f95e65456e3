import { expect, it } from 'vitest';
import { unwatched } from '../../../src/main/lib/work.ts';
import {
  compareProvider,
  runGradients,
} from '../../../src/main/onnx/gradient-check/compare-provider.ts';
import { assertProvider, sentenceOf } from '../../../src/main/train/provider/assert-provider.ts';

const toTheEnd = () => false;

it('finds nothing where the gradients are the processor’s, over all cases', async () => {
  let last = [0, 0];
  const found = await compareProvider('cpu', {
    step: (...at) => {
      last = at;
      return false;
    },
  });
  expect(found).toEqual([]);
  expect(last[0]).toBe(last[1]);
  expect(last[0]).toBeGreaterThan(80);
});

it.each([
  ['off by a hundredth', (value: number) => value * 1.01],
  ['not a number', () => Number.NaN],
])('finds the operator whose gradient is %s', async (_how, spoil) => {
  const runOn: typeof runGradients = async (model, feeds) => {
    const gradients = await runGradients(model, feeds, 'cpu');
    const isTanh = Buffer.from(model).includes('Tanh');
    for (const { data } of Object.values(gradients))
      if (isTanh && data instanceof Float32Array) data.set(data.map(spoil));
    return gradients;
  };
  const found = await compareProvider('webgpu', { step: toTheEnd, runOn });
  expect(new Set(found.map(({ operator }) => operator))).toEqual(new Set(['Tanh']));
  expect(sentenceOf(found)).toContain('(Tanh)');
});

it('ends after the case during which it is asked to', async () => {
  const seen: number[] = [];
  await compareProvider('cpu', {
    step: (done) => {
      seen.push(done);
      return done === 3;
    },
  });
  expect(seen).toEqual([1, 2, 3]);
});

it('lets the graphics card train where all agree, and says why not where none is of use', async () => {
  const outcome = await assertProvider('webgpu', unwatched).then(
    () => 'proven',
    ({ code, message }) => `${code}: ${message}`,
  );
  expect(outcome).toMatch(/^proven$|^train\.provider: .+ Train on the processor\.$/);
});

it('is not asked of the processor, and can be cancelled', async () => {
  await assertProvider('cpu', { ...unwatched, report: () => expect.unreachable() });
  const signal = AbortSignal.abort();
  await expect(assertProvider('webgpu', { ...unwatched, signal })).rejects.toMatchObject({
    code: 'app.cancelled',
  });
});
