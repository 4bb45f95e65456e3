import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGraph, type Value } from '../../../../src/main/onnx/graph/graph.ts';
import { matMul } from '../../../../src/main/onnx/operators/mat-mul.ts';
import type { Draft } from '../../../../src/main/onnx/protobuf/schema.ts';
import { readDecoder } from '../../../../src/main/train/backbones/decoder/decoder.ts';
import { verifyDecoder } from '../../../../src/main/train/backbones/decoder/verify-decoder.ts';
import { type DecoderStyle, makeDecoder } from '../../../fixtures/decoders/make-decoder.ts';

const exported = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/decoders/${name}.onnx`, import.meta.url)));

/** Operators of the compiled model, and how often each is there. */
async function countOperators(bytes: Uint8Array): Promise<ReadonlyMap<string, number>> {
  const decoder = await readDecoder(bytes);
  const graph = createGraph('count');
  const known = new Map<string, Value>();
  const parameter = (name: string) => {
    const value = known.get(name) ?? graph.initialiser(name, decoder.products.get(name)!);
    known.set(name, value);
    return value;
  };
  await decoder.buildForward({
    rows: graph.input('rows', 'float32', [2, 5, decoder.embeddings.dims[1]!]),
    parameter,
    multiply: (x, name) => matMul(x, parameter(name)),
  });
  const counts = new Map<string, number>();
  for (const { operator } of graph.nodes)
    counts.set(operator.type, (counts.get(operator.type) ?? 0) + 1);
  return counts;
}

describe('a decoder exported by PyTorch', () => {
  it.each([
    ['llama-opset14', 14, 2],
    ['gpt2-opset16', 8, 4],
  ])('%s gives the original’s scores', async (name, products, heads) => {
    const bytes = exported(name);
    const decoder = await readDecoder(bytes);
    expect(decoder.products.size).toBe(products);
    expect(decoder.adaptable).toEqual([...decoder.products.keys()]);
    expect(decoder.embeddings.dims).toEqual([96, 32]);
    expect(decoder.cache).toMatchObject({ heads, width: 8 });
    await verifyDecoder(decoder, bytes);
  });

  it('has one operator for each norm that was written out, and none of a shape', async () => {
    const llama = await countOperators(exported('llama-opset14'));
    expect(llama.get('SimplifiedLayerNormalization')).toBe(5);
    const gpt2 = await countOperators(exported('gpt2-opset16'));
    expect(gpt2.get('LayerNormalization')).toBe(5);
    for (const counts of [llama, gpt2])
      for (const type of ['Shape', 'Range', 'Trilu', 'Sqrt', 'Cos'])
        expect(counts.has(type)).toBe(false);
  });
});

describe('a decoder of ONNX Runtime’s own operators', () => {
  const styles: Readonly<Record<string, Partial<DecoderStyle>>> = {
    'attention of groups that rotates': {},
    'query, key and value packed': { isPacked: true },
    'rotated before': { attention: 'rotated' },
    'half of each head rotated': { attention: 'rotated', turnedShare: 0.5 },
    'a key for each head': { attention: 'multi-head' },
    'asked for the scores of some tokens': { attention: 'rotated', isAskedForLogits: true },
    'SiLU in one, the head tied to the table': { silu: 'QuickGelu', head: 'tied' },
  };
  for (const [name, style] of Object.entries(styles))
    it(`${name}: gives the original’s scores`, async () => {
      const bytes = makeDecoder(style);
      const decoder = await readDecoder(bytes);
      expect(decoder.adaptable).toHaveLength(style.isPacked ? 10 : 14);
      await verifyDecoder(decoder, bytes);
    });

  it('is told from one with another weight', async () => {
    const decoder = await readDecoder(makeDecoder());
    await expect(verifyDecoder(decoder, makeDecoder({}, 2))).rejects.toThrow(
      /could not be rebuilt/u,
    );
  });

  it('keeps everything but what is added', async () => {
    const bytes = makeDecoder();
    const decoder = await readDecoder(bytes);
    expect(decoder.withAdded(new Map())).toEqual(bytes);
    const [name = ''] = decoder.adaptable;
    const change = decoder.products.get(name)!.data.map(() => 0.01);
    const changed = await readDecoder(decoder.withAdded(new Map([[name, change]])));
    for (const [other, { data }] of changed.products)
      expect(data[0]! - decoder.products.get(other)!.data[0]!, other).toBeCloseTo(
        other === name ? 0.01 : 0,
        5,
      );
  });
});

describe('what cannot be trained is refused, by the node’s name', () => {
  const spoilt = (type: string, attributes: Draft<'Node'>['attributes'] = [], domain = '') => ({
    spoil: (hidden: string) => [
      { type, name: '/model/strange', inputs: [hidden], outputs: ['spoilt'], attributes, domain },
    ],
  });

  it.each<[string, Partial<DecoderStyle>, RegExp]>([
    [
      'an operator without a gradient',
      spoilt('Floor'),
      /Floor \(\/model\/strange\).*cannot train/u,
    ],
    [
      'an operator that nobody knows',
      spoilt('Softsign'),
      /Softsign \(\/model\/strange\).*cannot train/u,
    ],
    [
      'a branch',
      {
        spoil: (hidden) => [
          {
            type: 'If',
            inputs: [hidden],
            outputs: ['spoilt'],
            attributes: [{ name: 'then_branch', type: 5, g: { name: 'g' } }],
          },
        ],
      },
      /loop or a branch/u,
    ],
    [
      'rounded weights',
      {
        spoil: (hidden) => [
          { type: 'DynamicQuantizeLinear', inputs: [hidden], outputs: ['q', 'scale', 'zero'] },
          { type: 'DequantizeLinear', inputs: ['q', 'scale', 'zero'], outputs: ['spoilt'] },
        ],
      },
      /quantised/u,
    ],
  ])('%s', async (_, style, message) => {
    await expect(readDecoder(makeDecoder(style))).rejects.toThrow(message);
  });
});
