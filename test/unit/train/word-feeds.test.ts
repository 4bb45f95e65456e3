import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { createTensor } from '../../../src/main/onnx/tensor.ts';
import { dropWords, poolWords, takeWords } from '../../../src/main/train/trainer/word-feeds.ts';

const starts = Int32Array.of(0, 3, 8);
const words = Int32Array.of(0, 0, 1, /* the second row, with a context */ 0, 1, 1, 1, -1);

describe('words of pieces', () => {
  it('are averaged by the lines of the pooling matrix, cut rows by what is left of them', () => {
    const pooling = createTensor('float32', [2, 2, 4], new Float32Array(16).fill(7));
    poolWords(takeWords({ starts, words }, [1, 0], 4), pooling);
    const [half, third] = [1 / 2, Math.fround(1 / 3)];
    expect([...pooling.data.subarray(0, 8)]).toEqual([1, 0, 0, 0, 0, third, third, third]);
    expect([...pooling.data.subarray(8)]).toEqual([half, half, 0, 0, 0, 0, 1, 0]);
    poolWords(takeWords({ starts, words }, [1], 3), pooling);
    expect([...pooling.data.subarray(4, 8)]).toEqual([0, half, half, 0]);
    expect([...pooling.data.subarray(8)]).toEqual(new Array(8).fill(0));
  });

  it('are dropped whole, and what belongs to no word stays', () => {
    const rows = takeWords({ starts, words }, [0, 1], 5);
    const rng = createRng(5);
    let dropped = 0;
    for (let round = 0; round < 400; round++) {
      const ids = Int32Array.of(1, 2, 3, -1, -1, 4, 5, 6, 7, 8);
      dropWords(rows, ids, 5, 0.25, rng);
      expect(ids[0] === -1).toBe(ids[1] === -1);
      expect(new Set([ids[6] === -1, ids[7] === -1, ids[8] === -1]).size).toBe(1);
      expect(ids[9]).toBe(8);
      dropped += [ids[0], ids[2], ids[5], ids[6]].filter((id) => id === -1).length;
    }
    expect(dropped / 1600).toBeCloseTo(0.25, 1);
  });
});
