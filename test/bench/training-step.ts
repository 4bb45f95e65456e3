import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createRng } from '../../src/main/lib/rng.ts';
import { differentiate } from '../../src/main/onnx/autodiff.ts';
import { randomTensor } from '../../src/main/onnx/gradient-check/operator-case.ts';
import { createGraph, type Value } from '../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { crossEntropy } from '../../src/main/onnx/losses/cross-entropy.ts';
import { gemm } from '../../src/main/onnx/operators/gemm.ts';
import { createAdamW } from '../../src/main/onnx/optimisers/adam-w.ts';
import type { ParameterSpec } from '../../src/main/onnx/optimisers/parameter-memory.ts';
import { createSession } from '../../src/main/onnx/session.ts';
import { float32, int64 } from '../../src/main/onnx/tensor.ts';
import { encoderLayer, pool } from '../helpers/transformer.ts';

interface Sizes {
  readonly B: number;
  readonly L: number;
  readonly D: number;
  readonly H: number;
  readonly FF: number;
  readonly C: number;
  readonly layers: number;
  readonly threads: number;
}

const STEPS = 8;
const configurations: readonly Sizes[] = [
  { B: 32, L: 64, D: 128, H: 4, FF: 512, C: 77, layers: 4, threads: 1 },
  { B: 32, L: 64, D: 128, H: 4, FF: 512, C: 77, layers: 4, threads: 2 },
  { B: 32, L: 64, D: 256, H: 4, FF: 1024, C: 77, layers: 4, threads: 2 },
];

function shapesOf({ D, FF, C, layers }: Sizes): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  for (let i = 0; i < layers; i++) {
    const dense = { qkv: [D, 3 * D], out: [D, D], up: [D, FF], down: [FF, D] };
    for (const [name, [rows, columns]] of Object.entries(dense)) {
      shapes[`${i}.${name}.weight`] = [rows!, columns!];
      shapes[`${i}.${name}.bias`] = [columns!];
    }
    for (const norm of ['norm1', 'norm2'])
      for (const part of ['scale', 'bias']) shapes[`${i}.${norm}.${part}`] = [D];
  }
  return { ...shapes, 'head.weight': [D, C], 'head.bias': [C] };
}

function buildModel(sizes: Sizes): Uint8Array {
  const { B, L, D, layers } = sizes;
  const graph = createGraph('bench');
  const weights = new Map(
    Object.entries(shapesOf(sizes)).map(([name, dims]): [string, Value] => [
      name,
      graph.input(name, 'float32', dims),
    ]),
  );
  const mask = graph.input('mask', 'float32', [B, L]);
  let x = graph.input('x', 'float32', [B, L, D]);
  for (let i = 0; i < layers; i++)
    x = encoderLayer(x, mask, sizes, (name) => weights.get(`${i}.${name}`)!);
  const logits = gemm(pool(x, mask), weights.get('head.weight')!, weights.get('head.bias')!);
  const loss = crossEntropy(logits, graph.input('targets', 'int64', [B]));
  graph.output('loss', loss);
  const gradients = differentiate(loss, [...weights.values()]);
  for (const [i, name] of [...weights.keys()].entries()) graph.output(`d ${name}`, gradients[i]!);
  return toModel(graph);
}

async function ours(sizes: Sizes): Promise<{ stepMs: number; adamNs: number }> {
  const { B, L, D, C, threads } = sizes;
  const rng = createRng(0);
  const specs = Object.entries(shapesOf(sizes)).map(
    ([name, dims]): ParameterSpec => ({
      name,
      initial: name.endsWith('scale')
        ? randomTensor(dims, 0.98, 1.02, rng)
        : randomTensor(dims, -0.03, 0.03, rng),
      isDecayed: true,
    }),
  );
  const adamW = createAdamW(specs);
  const count = specs.reduce((sum, { initial }) => sum + initial.data.length, 0);
  const session = await createSession(buildModel(sizes), { threads });
  const feeds = {
    x: randomTensor([B, L, D], -1, 1, rng),
    mask: float32([B, L], new Array(B * L).fill(1)),
    targets: int64(
      [B],
      Array.from({ length: B }, () => rng.integer(C)),
    ),
    ...adamW.parameters,
  };
  const into = Object.fromEntries(
    Object.entries(adamW.gradients).map(([name, gradient]) => [`d ${name}`, gradient]),
  );
  const steps: number[] = [];
  const updates: number[] = [];
  for (let step = 0; step < STEPS + 2; step++) {
    const start = performance.now();
    await session.run(feeds, into);
    const ran = performance.now();
    adamW.step(1e-4);
    steps.push(performance.now() - start);
    updates.push(performance.now() - ran);
  }
  await session.close();
  return { stepMs: Math.min(...steps), adamNs: (Math.min(...updates) * 1e6) / count };
}

/** The same in PyTorch; undefined where Debian's python3-torch is not installed. */
function pytorch({ B, L, D, H, FF, C, layers, threads }: Sizes) {
  const script = fileURLToPath(new URL('training-step/pytorch.py', import.meta.url));
  const numbers = [B, L, D, H, FF, C, layers, threads, STEPS].map(String);
  const { status, stdout } = spawnSync('/usr/bin/python3', [script, ...numbers], {
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const [version, stepMs] = stdout.trim().split(' ');
  return { version: version ?? '', stepMs: Number(stepMs) };
}

/**
 * Forward, backward and AdamW of a small encoder, beside the same model in PyTorch in the same run; the fastest step
 * of each, since other work on the machine only ever adds to it.
 */
async function run() {
  const rows = [];
  for (const sizes of configurations) {
    const name = `${sizes.layers} layers, D=${sizes.D}, B=${sizes.B}, L=${sizes.L}, ${sizes.threads} threads`;
    const { stepMs, adamNs } = await ours(sizes);
    const peer = pytorch(sizes);
    rows.push({ name, value: stepMs, unit: 'ms/step' });
    rows.push({ name: `${name}: AdamW`, value: adamNs, unit: 'ns/param' });
    if (peer) {
      rows.push({ name: `${name}: PyTorch ${peer.version}`, value: peer.stepMs, unit: 'ms/step' });
      rows.push({
        name: `${name}: ratio`,
        value: stepMs / peer.stepMs,
        unit: '',
        target: '<= 0.7',
      });
    }
  }
  return rows;
}

export default { id: 'training-step', run };
