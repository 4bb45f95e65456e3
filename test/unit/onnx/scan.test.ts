import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../../src/main/onnx/protobuf/encode.ts';
import type { Draft } from '../../../src/main/onnx/protobuf/schema.ts';
import { toTensorProto } from '../../../src/main/onnx/protobuf/tensor-proto.ts';
import { scanModel } from '../../../src/main/onnx/scan.ts';
import { float32, int64 } from '../../../src/main/onnx/tensor.ts';
import { AppError } from '../../../src/shared/errors.ts';

const relu: Draft<'Node'> = { type: 'Relu', inputs: ['x'], outputs: ['y'] };

function scan(graph: Draft<'Graph'>, model: Draft<'Model'> = {}) {
  return scanModel(encodeModel({ ...model, graph: { nodes: [relu], ...graph } }));
}

describe('the scan of a foreign model', () => {
  it('lets a plain model pass and says what it is made of', () => {
    const summary = scan({
      initialisers: [toTensorProto('w', float32([2, 3], new Array(6).fill(1)))],
    });
    expect(summary).toMatchObject({ operators: ['Relu'], nodeCount: 1, parameterCount: 6 });
  });

  it('accepts the infinities that attention masks are made of', () => {
    const mask = toTensorProto('mask', float32([1], [Number.NEGATIVE_INFINITY]));
    expect(scan({ initialisers: [mask] }).parameterCount).toBe(1);
  });

  const loop: Draft<'Node'> = {
    type: 'Loop',
    attributes: [{ name: 'body', type: 5, g: { name: 'forever' } }],
  };
  const hidden: Draft<'Node'> = { type: 'Relu', attributes: [{ name: 'unknown', graphs: [{}] }] };
  const external: Draft<'Tensor'> = {
    name: 'w',
    dataType: 1,
    dims: [1],
    dataLocation: 1,
    externalData: [{ key: 'location', value: '../../etc/passwd' }],
  };
  const bomb = toTensorProto('shape', int64([3], [2 ** 20, 2 ** 20, 1]));

  it.each<[string, Draft<'Graph'>, Draft<'Model'>, RegExp]>([
    ['a loop', { nodes: [loop] }, {}, /Loop holds a graph/],
    ['a graph hidden in an attribute', { nodes: [hidden] }, {}, /Relu holds a graph/],
    ['functions', {}, { functions: [{ name: 'f' }] }, /functions of its own/],
    ['data in another file', { initialisers: [external] }, {}, /another file/],
    [
      'the same, of a type we do not read',
      { initialisers: [{ ...external, dataType: 10 }] },
      {},
      /another file|type 10/,
    ],
    ['foreign operators', { nodes: [{ ...relu, domain: 'evil' }] }, {}, /comes from evil/],
    [
      'a few bytes that ask for terabytes',
      { nodes: [{ type: 'ConstantOfShape', inputs: ['shape'] }], initialisers: [bomb] },
      {},
      /more memory/,
    ],
  ])('refuses %s', (_, graph, model, reason) => {
    expect(() => scan(graph, model)).toThrow(reason);
  });

  it('calls a broken file broken, which no gate refuses', () => {
    const broken = expect.objectContaining({ code: 'onnx.malformed' });
    const weights = [toTensorProto('w', float32([1], [Number.NaN]))];
    expect(() => scan({ initialisers: weights })).toThrow(broken);
    expect(() => scanModel(new Uint8Array())).toThrow(broken);
    expect(() => scan({ nodes: [loop] })).toThrow(expect.objectContaining({ code: 'onnx.unsafe' }));
  });

  it('passes or refuses in words whatever was done to a model', () => {
    const bytes = encodeModel({
      graph: { nodes: [relu], initialisers: [toTensorProto('w', float32([2], [1, 2])), bomb] },
    });
    const edit = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        const changed = bytes.slice();
        for (const [at, value] of edits) changed[at] = value;
        try {
          scanModel(changed);
          outcomes.add('passed');
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          outcomes.add(error.code);
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(['passed', 'onnx.malformed']));
  });
});
