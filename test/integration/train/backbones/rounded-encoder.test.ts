import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createGraph, type Value } from '../../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../../src/main/onnx/graph/to-model.ts';
import { matMul } from '../../../../src/main/onnx/operators/mat-mul.ts';
import { scanModel } from '../../../../src/main/onnx/scan.ts';
import { createSession } from '../../../../src/main/onnx/session.ts';
import { createTensor, dataTypes, float32 } from '../../../../src/main/onnx/tensor.ts';
import type { Backbone } from '../../../../src/main/train/backbones/backbone.ts';
import { backbones } from '../../../../src/main/train/backbones/index.ts';
import {
  type InputRanges,
  measureInputRanges,
} from '../../../../src/main/train/backbones/input-ranges.ts';
import {
  addRoundedWeight,
  multiplyRounded,
} from '../../../../src/main/train/backbones/rounded-product.ts';
import { storeEncoder } from '../../../../src/main/train/backbones/stored-encoder.ts';
import { padTexts } from '../../../../src/main/train/backbones/token-batch.ts';
import { makeEncoder, plainStyle } from '../../../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../../../fixtures/encoders/write-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-rounded-'));
writeEncoderFolder(folder, makeEncoder(plainStyle));
afterAll(() => rmSync(folder, { recursive: true }));

const measured = [
  'Where is my card?',
  'I want to pay in euros, not in pounds',
  'my top-up failed',
  'hello',
  'Can somebody tell me why there is a fee on this?',
  'no',
  'card lost',
  'What exchange rates do you offer for transfers from other countries',
];
const asked = ['When will the card come?', 'hi', 'Is there a limit to what I may withdraw abroad?'];

async function store(backbone: Backbone, ranges?: InputRanges) {
  const graph = createGraph('rounded');
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const { sentence } = await storeEncoder(backbone, backbone, ids, mask, ranges);
  graph.output('sentence', sentence);
  return toModel(graph);
}

/** One vector a text, all read in one batch. */
async function embed(model: Uint8Array, texts: readonly Int32Array[]): Promise<Float32Array[]> {
  const session = await createSession(model, { threads: 1 });
  const length = Math.max(...texts.map((text) => text.length));
  const { ids, mask } = padTexts(texts, length);
  const dims = [texts.length, length];
  const { sentence } = await session.run({
    input_ids: createTensor('int64', dims, BigInt64Array.from(ids, BigInt)),
    attention_mask: createTensor('int64', dims, BigInt64Array.from(mask, BigInt)),
  });
  await session.close();
  const width = sentence!.dims[1]!;
  const all = sentence!.data as Float32Array; // declared so
  return texts.map((_, i) => all.slice(i * width, (i + 1) * width));
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe.each(backbones)('$id in 8 bits', (kind) => {
  const loaded = kind.load(kind.needsFolder ? { folder } : {});

  test('says nearly the same, and the same of a text alone and in a batch', async () => {
    const backbone = await loaded;
    const encode = (text: string) => backbone.tokenizer.encode(text);
    const ranges = await measureInputRanges(backbone, backbone, measured.map(encode));
    const model = await store(backbone, ranges);
    const texts = asked.map(encode);
    const full = await embed(await store(backbone), texts);
    const rounded = await embed(model, texts);
    for (const [i, text] of texts.entries()) {
      expect(cosine(rounded[i]!, full[i]!)).toBeGreaterThan(0.99);
      expect(cosine(rounded[i]!, full[(i + 1) % 3]!)).toBeLessThan(0.99); // that of another text
      const [alone] = await embed(model, [text]);
      for (const [d, value] of alone!.entries()) expect(value).toBeCloseTo(rounded[i]![d]!, 5);
    }
  });

  test('multiplies in integers, and holds no encoder’s matrix in float32', async () => {
    const backbone = await loaded;
    const ranges = await measureInputRanges(backbone, backbone, [backbone.tokenizer.encode('hi')]);
    const { model } = scanModel(await store(backbone, ranges));
    const { nodes, initialisers } = model.graph!;
    expect(nodes.filter(({ type }) => type === 'MatMulInteger')).toHaveLength(ranges.size);
    const matrices = initialisers.filter(({ name = '' }) =>
      ranges.has(name.replace('.integers', '')),
    );
    expect(matrices.map(({ dataType }) => dataType)).toEqual(
      new Array(ranges.size).fill(dataTypes.int8.code),
    );
    const inFull = scanModel(await store(backbone)).model.graph!.initialisers;
    expect(inFull.filter(({ name = '' }) => ranges.has(name))).toHaveLength(ranges.size);
  });
});

test('layers may share a weight', async () => {
  const backbone = await backbones[0]!.load({});
  const weight = float32([2, 2], Float32Array.of(1, 2, -1, 0.5));
  const sharing: Backbone = {
    ...backbone,
    embeddings: float32([4, 2], Float32Array.of(1, 0, 0, 1, 2, 2, -1, 3)),
    parameters: new Map([['shared', weight]]),
    async buildForward({ rows, multiply, parameter }) {
      const layer = (x: Value) => multiply?.(x, 'shared') ?? matMul(x, parameter('shared'));
      return { sentence: layer(layer(rows)), tokens: rows };
    },
  };
  const texts = [Int32Array.of(0, 1, 2, 3)];
  const ranges = await measureInputRanges(sharing, sharing, texts);
  expect([...ranges.keys()]).toEqual(['shared']);
  expect(scanModel(await store(sharing, ranges)).operators).toContain('MatMulInteger');
});

test('the largest bytes by the largest weights give their exact sum on this processor', async () => {
  const size = 512;
  const graph = createGraph('largest');
  const x = graph.input('x', 'float32', [1, size]);
  const weight = float32([size, 16], new Float32Array(size * 16).fill(64));
  const rounded = addRoundedWeight(graph, 'weight', weight, { low: 0, high: 255 });
  graph.output('y', multiplyRounded(x, rounded));
  const session = await createSession(toModel(graph), { threads: 1 });
  const { y } = await session.run({ x: float32([1, size], new Float32Array(size).fill(255)) });
  await session.close();
  expect([...y!.data]).toEqual(new Array(16).fill(255 * 64 * size));
});
