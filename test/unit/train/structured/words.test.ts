import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toTags } from '../../../../src/main/train/structured/crf/tags.ts';
import { splitWords } from '../../../../src/main/train/structured/words/words.ts';

function wordsOf(text: string): string[] {
  const { starts, ends } = splitWords(text);
  return Array.from(starts, (start, i) => text.slice(start, ends[i]));
}

test.each([
  ['Add Cita Romántica, please!', ['Add', 'Cita', 'Romántica', ',', 'please', '!']],
  ["it's 5km at 7:30pm", ['it', "'", 's', '5', 'km', 'at', '7', ':', '30', 'pm']],
  ['£2.50 — 50 %', ['£', '2', '.', '50', '—', '50', '%']],
  // A combining acute belongs to its letter, decomposed or after a sign; a soft hyphen ends no word.
  ['cafe\u0301 !\u0301 hy\u00adphen', ['cafe\u0301', '!\u0301', 'hy\u00adphen']],
  ['東京で3日', ['東', '京', 'で', '3', '日']],
  ['서울 날씨', ['서', '울', '날', '씨']],
  ['ที่นี่', ['ที่', 'นี่']],
  ['الساعة ٧، غدًا', ['الساعة', '٧', '،', 'غدًا']],
  ['नमस्ते १२', ['नमस्ते', '१२']],
  ['👍🏽👩\u200d💻𝒜𝒷', ['👍🏽', '👩\u200d', '💻', '𝒜𝒷']],
  ['a\u00a0b\u3000c\td\0e', ['a', 'b', 'c', 'd', 'e']],
  ['\u0301x', ['\u0301x']],
  ['', []],
  [' \n ', []],
])('%j is cut into words', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('whatever the text, words lie in order, cut no pair, and leave out white space only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const { starts, ends, kinds } = splitWords(text);
      let left = '';
      let last = 0;
      let isSound = kinds.length === starts.length;
      starts.forEach((start, i) => {
        isSound &&= start >= last && ends[i]! > start && text.slice(start, ends[i]).isWellFormed();
        left += text.slice(last, start);
        last = ends[i]!;
      });
      expect(isSound).toBe(true);
      left += text.slice(last);
      expect(left).toMatch(/^[\s\p{Cc}]*$/u);
    }),
  );
});

test('lone surrogates are letters', () => {
  expect(wordsOf('a\ud800b \udc00')).toEqual(['a\ud800b', '\udc00']);
});

const tagSet = {
  count: 5,
  slots: Int32Array.of(3, 7),
  frames: [Int32Array.of(0, 1), Int32Array.of(0), new Int32Array(0)],
  singles: Uint8Array.of(1, 1),
  needed: [new Int32Array(0), new Int32Array(0), new Int32Array(0)],
};

test('spans become tags', () => {
  const words = splitWords('Play Clem Burke on 5km radio');
  const spans = [
    { slot: 7, start: 5, end: 15 },
    { slot: 3, start: 19, end: 20 },
  ];
  expect([...toTags(tagSet, 0, words, spans)!]).toEqual([0, 3, 4, 0, 1, 0, 0]);
  // White space around a value does not matter.
  expect([...toTags(tagSet, 0, words, [{ slot: 3, start: 4, end: 10 }])!]).toEqual([
    0, 1, 0, 0, 0, 0, 0,
  ]);
});

test('spans that no tags can spell are refused', () => {
  const words = splitWords('Play Clem Burke');
  const refuse = (frame: number, ...spans: [number, number, number][]) =>
    expect(
      toTags(
        tagSet,
        frame,
        words,
        spans.map(([slot, start, end]) => ({ slot, start, end })),
      ),
    ).toBeUndefined();
  refuse(0, [3, 6, 9]); // begins within a word
  refuse(0, [3, 5, 8]); // ends within a word
  refuse(0, [3, 4, 5]); // white space only
  refuse(0, [3, 15, 20]); // behind the text
  refuse(0, [3, 5, 9], [7, 5, 15]); // one word, two values
  refuse(1, [7, 5, 9]); // not a slot of the frame
  refuse(2, [3, 5, 9]); // no call has no slots
  refuse(0, [4, 5, 9]); // not a slot that is tagged
});
