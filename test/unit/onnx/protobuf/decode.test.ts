import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../../../src/main/onnx/protobuf/decode.ts';
import { encodeModel } from '../../../../src/main/onnx/protobuf/encode.ts';
import type { Draft } from '../../../../src/main/onnx/protobuf/schema.ts';
import { fromTensorProto, toTensorProto } from '../../../../src/main/onnx/protobuf/tensor-proto.ts';
import { float32 } from '../../../../src/main/onnx/tensor.ts';
import { AppError } from '../../../../src/shared/errors.ts';

const sample = encodeModel({
  irVersion: 8,
  opsetImport: [{ domain: '', version: 18 }],
  graph: {
    name: 'g',
    nodes: [
      {
        type: 'Gemm',
        inputs: ['x', 'w'],
        outputs: ['y'],
        attributes: [
          { name: 'alpha', type: 1, f: 0.5 },
          { name: 'axes', type: 7, ints: [0, -1, 2 ** 40] },
          { name: 'scales', type: 6, floats: Float32Array.of(1.5, -2) },
        ],
      },
    ],
    initialisers: [toTensorProto('w', float32([2, 2], [1, 2, 3, 4]))],
  },
});

/** What decoding gives: a model, or an error of the one expected kind. */
function outcome(bytes: Uint8Array): 'model' | 'refused' {
  try {
    decodeModel(bytes);
    return 'model';
  } catch (error) {
    if (error instanceof AppError && error.code === 'onnx.malformed') return 'refused';
    throw error;
  }
}

/** A part of a message: its field number, its length and its bytes. */
function part(id: number, ...bytes: readonly number[]): number[] {
  return [(id << 3) | 2, bytes.length, ...bytes];
}

describe('the ONNX codec', () => {
  it('reads back what it wrote', () => {
    const { graph } = decodeModel(sample);
    const [node] = graph!.nodes;
    expect(node).toMatchObject({ type: 'Gemm', inputs: ['x', 'w'], outputs: ['y'] });
    expect(node!.attributes.map(({ f, ints, floats }) => ({ f, ints, floats }))).toEqual([
      { f: 0.5, ints: [], floats: new Float32Array() },
      { f: undefined, ints: [0, -1, 2 ** 40], floats: new Float32Array() },
      { f: undefined, ints: [], floats: Float32Array.of(1.5, -2) },
    ]);
    expect(fromTensorProto(graph!.initialisers[0]!)).toEqual(float32([2, 2], [1, 2, 3, 4]));
  });

  it('keeps every bit of any 64-bit integer and any float', () => {
    fc.assert(
      fc.property(
        fc.bigInt64Array(),
        fc.float32Array(),
        fc.array(fc.maxSafeInteger()),
        (int64Data, floatData, dims) => {
          const bytes = encodeModel({ graph: { initialisers: [{ int64Data, floatData, dims }] } });
          const [tensor] = decodeModel(bytes).graph!.initialisers;
          expect(tensor).toMatchObject({ int64Data, floatData, dims });
        },
      ),
    );
  });

  it('reads typed fields as well as raw bytes, packed or one by one', () => {
    const packed = part(4, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
    const single = [(4 << 3) | 5, 0, 0, 0x80, 0x3f, (4 << 3) | 5, 0, 0, 0, 0x40];
    for (const floats of [packed, single]) {
      const bytes = part(7, ...part(5, (1 << 3) | 0, 2, (2 << 3) | 0, 1, ...floats));
      const [proto] = decodeModel(Uint8Array.from(bytes)).graph!.initialisers;
      expect(fromTensorProto(proto!)).toEqual(float32([2], [1, 2]));
    }
  });

  it('reads a tensor from a Buffer at any place in it, though its slice() does not copy', () => {
    const model = encodeModel({
      graph: { initialisers: [toTensorProto('w', float32([2], [1, 2]))] },
    });
    for (let shift = 0; shift < 4; shift++) {
      const bytes = Buffer.concat([Buffer.alloc(shift), model]).subarray(shift);
      const [proto] = decodeModel(bytes).graph!.initialisers;
      expect(fromTensorProto(proto!)).toEqual(float32([2], [1, 2]));
    }
  });

  it('refuses every cut of a valid model in words, or reads a shorter one', () => {
    expect(outcome(sample)).toBe('model');
    for (let end = 0; end < sample.length; end++) outcome(sample.subarray(0, end));
    expect(outcome(sample.subarray(0, sample.length - 1))).toBe('refused');
  });

  it('never fails in an unexpected way on bytes that somebody changed', () => {
    const position = fc.nat(sample.length - 1);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const bytes = sample.slice();
          for (const [at, value] of edits) bytes[at] = value;
          outcome(bytes);
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void outcome(bytes)),
      {
        numRuns: 2_000,
      },
    );
  });

  it.each([
    ['a length beyond the end', [(7 << 3) | 2, 0xff, 0xff, 0xff, 0x7f, 1]],
    ['a number of eleven bytes', [1 << 3, ...new Array<number>(11).fill(0xff)]],
    ['one graph given twice, which another reader would merge', [...part(7), ...part(7)]],
    ['a wrong wire type', [(7 << 3) | 0, 1]],
    ['a group', [(9 << 3) | 3]],
    ['a field without a number', [0, 0]],
    [
      'a size beyond what a number holds',
      part(7, ...part(5, ...part(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f))),
    ],
    ['text that is not UTF-8', part(2, 0xff)],
    ['a packed number that is cut off', part(7, ...part(5, ...part(7, 1, 0x80)))],
    ['a part longer than what holds it', part(7, ...[(5 << 3) | 2, 9, 1])],
  ])('refuses %s', (_, bytes) => {
    expect(outcome(Uint8Array.from(bytes))).toBe('refused');
  });

  it('refuses graphs nested without end before the stack does', () => {
    const nest = (levels: number): Draft<'Graph'> =>
      levels === 0 ? {} : { nodes: [{ attributes: [{ g: nest(levels - 1) }] }] };
    expect(outcome(encodeModel({ graph: nest(5) }))).toBe('model');
    expect(outcome(encodeModel({ graph: nest(300) }))).toBe('refused');
  });

  it('does not blow up millions of small parts', () => {
    // An empty node takes two bytes of the file and a thousand times as much in memory.
    const nodes = new Uint8Array(10_000_000);
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = (1 << 3) | 2;
    const graph = [(7 << 3) | 2, 0x80, 0xad, 0xe2, 0x04];
    expect(outcome(Uint8Array.from([...graph, ...nodes]))).toBe('refused');
  });

  it('refuses weights that do not fill their shape', () => {
    const proto = { ...toTensorProto('w', float32([2], [1, 2])), dims: [3] };
    const [read] = decodeModel(encodeModel({ graph: { initialisers: [proto] } })).graph!
      .initialisers;
    expect(() => fromTensorProto(read!)).toThrow(/shape \[3\] and 2 values/);
  });
});
