import { afterAll, describe, expect, it } from 'vitest';
import type { Backbone } from '../../../../src/main/train/backbones/backbone.ts';
import { createEncoder } from '../../../../src/main/train/backbones/encoder.ts';
import { useLite } from '../../../../src/main/train/backbones/use-lite/use-lite.ts';
import { measureSlopes } from '../../../fixtures/backbones/slope.ts';
import { readEmbeddingFixture } from '../../../fixtures/use-lite/read.ts';

const recorded = readEmbeddingFixture();
const realTexts = recorded.slice(0, 150);
const backbone = await useLite.load({});
const encoder = await createEncoder(backbone, { threads: 1 });
afterAll(() => encoder.close());

const worstDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);

function worstOf(vectors: Float32Array, expected: typeof recorded): number {
  return Math.max(
    ...expected.map(({ embedding }, row) =>
      worstDifference(vectors.subarray(row * 512, (row + 1) * 512), embedding),
    ),
  );
}

describe('Universal Sentence Encoder lite, rebuilt', () => {
  it('gives the package’s vectors from the package’s ids on 200 recorded texts', async () => {
    const ids = new Map(
      recorded.map(({ text, ids }) => [text, Int32Array.from(ids.slice(0, 128))]),
    );
    const twin = {
      ...backbone,
      tokenizer: { ...backbone.tokenizer, encode: (text: string) => ids.get(text)! },
    };
    const other = await createEncoder(twin, { threads: 1 });
    const vectors = await other.embed(recorded.map(({ text }) => text));
    await other.close();
    expect(worstOf(vectors, recorded)).toBeLessThan(1e-5);
  });

  it('gives the package’s vectors of 150 real texts, tokenizer included', async () => {
    const vectors = await encoder.embed(realTexts.map(({ text }) => text));
    expect(worstOf(vectors, realTexts)).toBeLessThan(1e-5);
  });

  it('would notice a changed weight', async () => {
    const parameters = new Map(backbone.parameters);
    const bias = parameters.get('layer1.ffn.out.bias')!;
    parameters.set('layer1.ffn.out.bias', {
      ...bias,
      data: bias.data.map((value) => value + 0.01),
    });
    const changed: Backbone = { ...backbone, parameters };
    const other = await createEncoder(changed, { threads: 1 });
    const vectors = await other.embed(realTexts.map(({ text }) => text));
    await other.close();
    expect(worstOf(vectors, realTexts)).toBeGreaterThan(1e-5);
  });

  it('gives a text the same vector alone and beside longer ones', async () => {
    const texts = ['hi', realTexts[0]!.text, '', 'a b '.repeat(100)];
    const together = await encoder.embed(texts);
    for (const [row, text] of texts.entries()) {
      const alone = await encoder.embed([text]);
      expect(worstDifference(alone, together.subarray(row * 512, (row + 1) * 512))).toBeLessThan(
        1e-6,
      );
    }
  });

  it('stops when it is cancelled', async () => {
    const work = { signal: AbortSignal.abort(), report: () => undefined };
    await expect(encoder.embed(['hi'], work)).rejects.toMatchObject({ code: 'app.cancelled' });
  });
});

describe('its gradients', () => {
  it('are those of finite differences, for every parameter and the embedding rows', async () => {
    const names = [...backbone.parameters.keys()];
    const slopes = await measureSlopes(backbone, ['how do I top up my card?', 'hi'], names);
    expect(slopes.size).toBe(names.length + 1);
    for (const [name, { byGradient, byDifference }] of slopes)
      expect(Math.abs(byDifference / byGradient - 1), name).toBeLessThan(0.01);
  });
});
