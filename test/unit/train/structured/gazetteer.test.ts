import { expect, test } from 'vitest';
import {
  createGazetteerReader,
  fitGazetteer,
} from '../../../../src/main/train/structured/crf/features/gazetteer.ts';

/** Words as numbers. "7 8" is slot 0's value in two texts and stands as no value in a third; 9 is slot 1's in one. */
const texts = [
  { hashes: Int32Array.of(1, 7, 8), spans: [{ k: 0, from: 1, to: 3 }] },
  {
    hashes: Int32Array.of(7, 8, 2, 9),
    spans: [
      { k: 0, from: 0, to: 2 },
      { k: 1, from: 3, to: 4 },
    ],
  },
  { hashes: Int32Array.of(3, 7, 8, 3), spans: [] },
];
const find = createGazetteerReader(fitGazetteer(texts));

test('known values are found in a new text, with how often they were a value where they stood', () => {
  expect(find(Int32Array.of(5, 7, 8, 9, 7))).toEqual([
    { k: 0, from: 1, to: 3, count: 2, share: 2 / 3 },
    { k: 1, from: 3, to: 4, count: 1, share: 1 },
  ]);
});

test('a text of its own is left out of the counts', () => {
  // Of "7 8" one other place is a value and one is none; 9 is known from this text only.
  expect(find(texts[1]!.hashes, texts[1]!.spans)).toEqual([
    { k: 0, from: 0, to: 2, count: 1, share: 1 / 2 },
  ]);
  // Read as a new text, both would be known.
  expect(find(texts[1]!.hashes)).toHaveLength(2);
  // Its own places count as places even where they are no value.
  expect(find(texts[2]!.hashes, [])).toEqual([{ k: 0, from: 1, to: 3, count: 2, share: 1 }]);
});

test('a long value is known, a longer one than is looked up is not', () => {
  const reads = (length: number) => {
    const hashes = Int32Array.from({ length }, (_, i) => i + 1);
    const gazetteer = fitGazetteer([{ hashes, spans: [{ k: 0, from: 0, to: length }] }]);
    return createGazetteerReader(gazetteer)(hashes).length;
  };
  expect([reads(12), reads(13)]).toEqual([1, 0]);
});
