import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createGraph } from '../../../../src/main/onnx/graph/graph.ts';
import { decodeModel } from '../../../../src/main/onnx/protobuf/decode.ts';
import { encodeModel } from '../../../../src/main/onnx/protobuf/encode.ts';
import type { Backbone } from '../../../../src/main/train/backbones/backbone.ts';
import { createEncoder } from '../../../../src/main/train/backbones/encoder.ts';
import { huggingFace } from '../../../../src/main/train/backbones/hugging-face/hugging-face.ts';
import { verifyImport } from '../../../../src/main/train/backbones/hugging-face/verify.ts';
import { measureSlopes } from '../../../fixtures/backbones/slope.ts';
import {
  type EncoderStyle,
  intAttribute,
  makeEncoder,
  plainStyle,
} from '../../../fixtures/encoders/make-encoder.ts';
import { type FolderOptions, writeEncoderFolder } from '../../../fixtures/encoders/write-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'stillroom-encoders-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let folders = 0;
const folderOf = (model: Uint8Array, options?: FolderOptions) =>
  writeEncoderFolder(join(scratch, String(folders++)), model, options);
const load = (model: Uint8Array, options?: FolderOptions) =>
  huggingFace.load({ folder: folderOf(model, options) });
const loadStyle = (style: Partial<EncoderStyle>, options?: FolderOptions) =>
  load(makeEncoder({ ...plainStyle, ...style }), options);
const exported = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/encoders/${name}`, import.meta.url)));

const texts = ['where is my card?', 'hi', '', 'pay. now! and then again, and again'];

async function expectTrainable(backbone: Backbone): Promise<void> {
  const slopes = await measureSlopes(backbone, texts, [...backbone.parameters.keys()]);
  for (const [name, { byGradient, byDifference }] of slopes)
    expect(Math.abs(byDifference - byGradient), name).toBeLessThan(
      0.01 * Math.max(byGradient, 0.1),
    );
}

// `load` itself compares the vectors with the original's and refuses a difference of 1e-4.
describe('an encoder exported by PyTorch', () => {
  for (const [name, padId] of [
    ['bert-opset14.onnx', 0],
    ['bert-opset17.onnx', 0],
    ['roberta-opset16.onnx', 1],
  ] as const)
    it(`${name} is rebuilt and its gradients are right`, async () => {
      const backbone = await load(exported(name), { padId });
      expect(backbone.embeddings.dims).toEqual([64, 16]);
      await expectTrainable(backbone);
    });

  it('has a LayerNorm of its own in each place again', async () => {
    const { parameters } = await load(exported('bert-opset14.onnx'));
    const first = parameters.get('layers.0.norm1.weight')!;
    const second = parameters.get('layers.1.norm2.weight')!;
    expect(first.data).toEqual(second.data);
    expect(first.data.buffer).not.toBe(second.data.buffer);
  });
});

describe('an encoder of another style', () => {
  const styles: Readonly<Record<string, Partial<EncoderStyle>>> = {
    'opset 14, two subtractions': {
      opset: 14,
      layerNorm: 'two-subs',
      ties: 'identity',
      reshape: 'computed',
    },
    'opset 14, one subtraction, half first': {
      opset: 14,
      layerNorm: 'one-sub',
      gelu: 'half-first',
      ties: 'shared',
    },
    'opset 17, fused': { opset: 17, ties: 'identity', gelu: 'half-of-sum', reshape: 'computed' },
    'opset 18, axes as inputs': { opset: 18, layerNorm: 'two-subs', mask: 'infinity' },
    'opset 20, Gelu': { opset: 20, gelu: 'operator', mask: 'infinity', reshape: 'computed' },
    'opset 21': { opset: 21, gelu: 'operator', ties: 'shared' },
  };
  for (const [name, style] of Object.entries(styles))
    it(`${name}: rebuilt, its gradients right`, async () => {
      await expectTrainable(await loadStyle(style));
    });

  it('gives the same vectors in all of them', async () => {
    const vectors: Float32Array[] = [];
    for (const layerNorm of ['fused', 'two-subs', 'one-sub'] as const) {
      const encoder = await createEncoder(await loadStyle({ layerNorm }), { threads: 1 });
      vectors.push(await encoder.embed(texts));
      await encoder.close();
    }
    const [first, ...others] = vectors;
    for (const other of others)
      for (const [i, value] of other.entries()) expect(value).toBeCloseTo(first![i]!, 5);
  });

  it('ties what Identity names apart, and keeps together what is truly shared', async () => {
    const names = async (ties: EncoderStyle['ties']) =>
      [...(await loadStyle({ ties })).parameters.keys()].filter((name) =>
        /norm.*weight/u.test(name),
      );
    expect(await names('identity')).toHaveLength(5);
    expect(await names('shared')).toHaveLength(1);
  });

  it('leaves one operator for each LayerNorm and Gelu that was written out', async () => {
    const backbone = await loadStyle({ layerNorm: 'two-subs', gelu: 'half-first' });
    const graph = createGraph('count');
    await backbone.buildForward({
      rows: graph.input('rows', 'float32', [2, 5, 16]),
      mask: graph.input('mask', 'float32', [2, 5]),
      parameter: (name) => graph.initialiser(name, backbone.parameters.get(name)!),
    });
    const count = (type: string) =>
      graph.nodes.filter((node) => node.operator.type === type).length;
    expect([count('LayerNormalization'), count('Gelu'), count('Sqrt'), count('Erf')]).toEqual([
      5, 2, 0, 0,
    ]);
  });

  it('takes the first token where its folder says so', async () => {
    const [mean, first] = await Promise.all([
      loadStyle({}, { pooling: 'mean' }),
      loadStyle({}, { pooling: 'first' }),
    ]);
    const vectors: Float32Array[] = [];
    for (const backbone of [mean, first]) {
      const encoder = await createEncoder(backbone, { threads: 1 });
      vectors.push(await encoder.embed(['hello there']));
      await encoder.close();
    }
    expect(vectors[0]).not.toEqual(vectors[1]);
  });
});

describe('the comparison with the original', () => {
  it('refuses what does not give the same vectors', async () => {
    const model = makeEncoder(plainStyle);
    const backbone = await load(model);
    const name = 'layer.1.out.bias';
    const bias = backbone.parameters.get(name)!;
    const parameters = new Map(backbone.parameters);
    parameters.set(name, {
      ...bias,
      data: bias.data.map((value, i) => (i === 0 ? value + 0.01 : value)),
    });
    const original = decodeModel(model);
    await verifyImport(backbone, original, 'last_hidden_state', 0);
    await expect(
      verifyImport({ ...backbone, parameters }, original, 'last_hidden_state', 0),
    ).rejects.toThrow(/could not be rebuilt/u);
  });

  it('leaves rows that are all padding finite, whatever the mask is made of', async () => {
    for (const mask of ['minimum', 'infinity'] as const) {
      const { embeddings, ...backbone } = await loadStyle({ mask });
      const tokenizer = { ...backbone.tokenizer, encode: () => new Int32Array(0) };
      const encoder = await createEncoder({ ...backbone, embeddings, tokenizer }, { threads: 1 });
      expect((await encoder.embed(['nothing'])).every(Number.isFinite)).toBe(true);
      await encoder.close();
    }
  });
});

describe('its tokenizer', () => {
  it('puts special tokens around a text and cuts before the last', async () => {
    const { tokenizer } = await loadStyle({});
    expect(Array.from(tokenizer.encode('hi'))).toEqual([2, 11, 38, 3]);
    const long = tokenizer.encode('a '.repeat(100));
    expect(long).toHaveLength(32);
    expect(long.at(-1)).toBe(3);
  });

  it('gives each word its first piece', async () => {
    const { tokenizer } = await loadStyle({});
    const words = [
      { start: 0, end: 2 },
      { start: 4, end: 7 },
    ];
    const { ids, firstPieces } = tokenizer.encodeWords('hi, you', words);
    expect(Array.from(ids)).toEqual([2, 11, 38, 28, 44, 50, 3]);
    expect(Array.from(firstPieces)).toEqual([1, 3]);
  });
});

describe('what cannot be trained is refused', () => {
  const quantised = (x: string) => [
    { type: 'DynamicQuantizeLinear', inputs: [x], outputs: ['q', 'scale', 'zero'] },
    { type: 'DequantizeLinear', inputs: ['q', 'scale', 'zero'], outputs: ['back'] },
  ];
  const branch = (x: string) => [
    {
      type: 'If',
      inputs: [x],
      outputs: ['chosen'],
      attributes: [{ name: 'then_branch', type: 5, g: { name: 'then' } }],
    },
  ];
  const sine = (x: string) => [{ type: 'Sin', inputs: [x], outputs: ['sine'] }];
  const unknown = (x: string) => [
    { type: 'Hardmax', inputs: [x], outputs: ['hard'], attributes: [intAttribute('axis', -1)] },
  ];
  const flat = (x: string) => [
    { type: 'Squeeze', inputs: [x], outputs: ['flat'] },
    { type: 'Flatten', inputs: ['flat'], outputs: ['vectors'] },
  ];

  for (const [name, spoil, message] of [
    ['a quantised one', quantised, /quantised/u],
    ['control flow', branch, /loop or a branch/u],
    ['a function without a gradient', sine, /Sin, through which/u],
    ['an operator that it does not know', unknown, /Hardmax/u],
    ['one without token vectors', flat, /no vector for each token/u],
  ] as const)
    it(name, async () => {
      await expect(loadStyle({ spoil })).rejects.toThrow(message);
    });

  it('weights in another file', async () => {
    const model = makeEncoder(plainStyle);
    const decoded = decodeModel(model);
    const [weight, ...others] = decoded.graph!.initialisers;
    const { rawData: _, ...outside } = weight!;
    const externalData = [{ key: 'location', value: '../../secret.bin' }];
    const initialisers = [{ ...outside, dataLocation: 1, externalData }, ...others];
    const spoiled = encodeModel({ ...decoded, graph: { ...decoded.graph!, initialisers } });
    await expect(load(spoiled)).rejects.toMatchObject({ code: 'onnx.unsafe' });
  });

  it('an opset that it does not read', async () => {
    await expect(loadStyle({ opset: 10 })).rejects.toThrow(/opset/u);
  });

  it('a tokenizer of another encoder', async () => {
    const folder = folderOf(makeEncoder(plainStyle));
    const path = join(folder, 'tokenizer.json');
    const tokenizer = JSON.parse(readFileSync(path, 'utf8'));
    tokenizer.model.vocab.a = 5000;
    writeFileSync(path, JSON.stringify(tokenizer));
    await expect(huggingFace.load({ folder })).rejects.toThrow(/do not belong together/u);
  });

  it('a folder that says longer texts than the encoder reads', async () => {
    const options = { maxLength: 1e30, config: { max_position_embeddings: 5_000 } };
    await expect(load(makeEncoder(plainStyle), options)).rejects.toThrow(
      /does not read texts of 512 tokens/u,
    );
  });

  it('folders that hold no encoder', async () => {
    await expect(huggingFace.load({ folder: join(scratch, 'none') })).rejects.toMatchObject({
      code: 'file.missing',
    });
    const empty = join(scratch, 'empty');
    mkdirSync(empty);
    await expect(huggingFace.load({ folder: empty })).rejects.toThrow(/no onnx\/model.onnx/u);
    const broken = folderOf(makeEncoder(plainStyle));
    writeFileSync(join(broken, 'tokenizer.json'), '{');
    await expect(huggingFace.load({ folder: broken })).rejects.toMatchObject({
      code: 'file.malformed',
    });
    await expect(load(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'onnx.malformed' });
  });
});
