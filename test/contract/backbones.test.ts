import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createGraph } from '../../src/main/onnx/graph/graph.ts';
import type { Dim } from '../../src/main/onnx/graph/shape.ts';
import { createEncoder } from '../../src/main/train/backbones/encoder.ts';
import { backbones } from '../../src/main/train/backbones/index.ts';
import { makeEncoder, plainStyle } from '../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../fixtures/encoders/write-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-backbone-'));
writeEncoderFolder(folder, makeEncoder(plainStyle));
afterAll(() => rmSync(folder, { recursive: true }));

const texts = [
  'Where is my card?',
  '',
  'hi',
  'a long text, again and again. '.repeat(40),
  '\ud800 🙂',
];

it('has each id once', () => {
  expect(new Set(backbones.map(({ id }) => id)).size).toBe(backbones.length);
});

describe.each(backbones)('backbone $id', (kind) => {
  const loaded = kind.load(kind.needsFolder ? { folder } : {});

  it('gives ids of its own table, not more than it reads', async () => {
    const { tokenizer, embeddings, maxLength } = await loaded;
    for (const text of texts) {
      const ids = tokenizer.encode(text);
      expect(ids.length).toBeLessThanOrEqual(maxLength);
      expect(ids.every((id) => id >= 0 && id < embeddings.dims[0]!)).toBe(true);
    }
  });

  it('gives each word a piece, or says that it is cut off', async () => {
    const { tokenizer } = await loaded;
    const text = texts[3]!;
    const words = Array.from(text.matchAll(/\w+|[,.]/gu), ({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
    }));
    const { ids, firstPieces } = tokenizer.encodeWords(text, words);
    expect(firstPieces).toHaveLength(words.length);
    const cut = firstPieces.indexOf(-1);
    expect(cut).toBeGreaterThan(0);
    for (const [i, first] of firstPieces.entries())
      if (i < cut) expect(first).toBeGreaterThan(i === 0 ? -1 : firstPieces[i - 1]!);
      else expect(first).toBe(-1);
    expect(Math.max(...firstPieces)).toBeLessThan(ids.length);
  });

  it.each([
    { name: 'a known batch', batch: [2, 8] as readonly Dim[] },
    { name: 'an open one', batch: ['B', 'L'] as readonly Dim[] },
  ])('builds a forward pass of the promised shapes for $name', async ({ batch }) => {
    const backbone = await loaded;
    const graph = createGraph('shapes');
    const asked = new Set<string>();
    const { sentence, tokens } = await backbone.buildForward({
      rows: graph.input('rows', 'float32', [...batch, backbone.embeddings.dims[1]!]),
      mask: graph.input('mask', 'float32', batch),
      parameter(name) {
        asked.add(name);
        return (
          graph.initialisers.find((value) => value.name === name) ??
          graph.initialiser(name, backbone.parameters.get(name)!)
        );
      },
    });
    expect(tokens.shape).toEqual([...batch, backbone.tokenWidth]);
    expect(sentence.shape).toEqual([batch[0], backbone.sentenceWidth]);
    expect(asked).toEqual(new Set(backbone.parameters.keys()));
  });

  it('gives a unit vector for any text, alone or in a batch', async () => {
    const encoder = await createEncoder(await loaded, { threads: 1 });
    const together = await encoder.embed(texts);
    for (const [row, text] of texts.entries()) {
      const vector = together.subarray(row * encoder.width, (row + 1) * encoder.width);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      const alone = await encoder.embed([text]);
      for (const [i, value] of alone.entries()) expect(value).toBeCloseTo(vector[i]!, 5);
    }
    await encoder.close();
  });

  it('hands over a tokenizer that Hugging Face’s libraries read', async () => {
    const files = (await loaded).tokenizer.files();
    const json = JSON.parse(Buffer.from(files.get('tokenizer.json')!).toString('utf8'));
    expect(json).toHaveProperty('model.vocab');
    expect(files.has('tokenizer_config.json')).toBe(true);
  });
});
