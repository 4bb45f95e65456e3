import { expect, test } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import { decodeModel } from '../../../../src/main/onnx/protobuf/decode.ts';
import { encodeModel } from '../../../../src/main/onnx/protobuf/encode.ts';
import { toOnnx } from '../../../../src/main/train/structured/crf/graph.ts';
import { readTables } from '../../../../src/main/train/structured/crf/tables.ts';

const sizes = { wordFeatureCount: 7, tagCount: 5, textFeatureCount: 6, columns: 3 };
const rng = createRng(1);
const draw = (length: number) => Float32Array.from({ length }, () => rng.normal());
const emissions = { weights: draw(35), biases: draw(5), classCount: 5 };
const headModel = { weights: draw(18), biases: draw(3), classCount: 3 };
const model = toOnnx(emissions, headModel, 'full');

test('the weights of a model of ours are read back', () => {
  expect(readTables(model, sizes)).toEqual({ emissions, headModel });
});

test('of any other model nothing is taken: ONNX Runtime says what it says', () => {
  const { graph, ...rest } = decodeModel(model);
  const same = encodeModel({ ...rest, graph: graph! });
  expect(readTables(same, sizes)).toBeDefined();

  const nodes = graph!.nodes.map((node) =>
    node.type === 'Add' ? { ...node, type: 'Sub' as const } : node,
  );
  expect(readTables(encodeModel({ ...rest, graph: { ...graph!, nodes } }), sizes)).toBeUndefined();
  expect(readTables(toOnnx(emissions, headModel, 'int8'), sizes)).toBeUndefined();
});

test.each(Object.keys(sizes))('nor of one with another %s than the lists', (size) => {
  const others = { ...sizes, [size]: sizes[size as keyof typeof sizes] + 1 };
  expect(readTables(model, others)).toBeUndefined();
});
