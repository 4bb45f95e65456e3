import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { type CanonicalTexts, canonicalise } from './canonical.ts';
import { type Comparison, compareTexts, maxOneSided } from './compare.ts';
import { createPairSet } from './pair-set.ts';
import { radixSort } from './radix-sort.ts';
import { emitSignatures, familyCount, hashWords } from './signatures.ts';

export interface NearDuplicate {
  /** Positions in the list of texts. */
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
  readonly edits: readonly string[];
}

export interface NearDuplicateOptions {
  /** Decides on a pair of texts that share a signature. */
  readonly compare?: (texts: CanonicalTexts, a: number, b: number) => Comparison | undefined;
  /** One number a text: only pairs with different numbers are sought. */
  readonly sides?: Uint8Array;
}

/** In a crowded bucket each text meets only so many neighbours in alphabetical order, so the work stays linear. */
const WINDOW = 12;
/** Groups of equal texts are paired all with all up to this many pairs, beyond it each with the first. */
const MAX_CROSS_PAIRS = 64;
const YIELD_EVERY_MS = 40;
const sameForm: Comparison = { similarity: 1, edits: [] };

/**
 * Finds pairs of texts that say the same: equal ones by canonical form, the others by signatures (all ways of
 * leaving out up to two words for short texts, MinHash bands for long ones) and a word by word comparison.
 * The number of comparisons grows linearly with the number of texts.
 */
export async function findNearDuplicates(
  texts: readonly string[],
  { compare, sides }: NearDuplicateOptions,
  work: Work,
): Promise<NearDuplicate[]> {
  const canonical = await canonicalise(texts, work);
  const clusters = groupEqual(canonical);
  const found: NearDuplicate[] = [];
  const isWanted = (a: number, b: number) => !sides || sides[a] !== sides[b];
  const keep = (x: number, y: number, comparison: Comparison | undefined) => {
    if (comparison) found.push({ a: Math.min(x, y), b: Math.max(x, y), ...comparison });
  };
  for (const members of clusters.byRepresentative.values())
    for (const [a, b] of pairsWithin(members))
      if (isWanted(a, b)) keep(a, b, compare ? compare(canonical, a, b) : sameForm);

  const pause = createPauser(work);
  const hashes = hashWords(canonical.words);
  const alphabetical = rankWords(canonical.words);
  const seen = createPairSet();
  const masks = wordMasks(canonical, hashes);
  const isCandidate = (a: number, b: number) =>
    !sides ||
    clusters.sideMask(a, sides) !== clusters.sideMask(b, sides) ||
    // A group of equal texts stands for all its members, whichever side the first of them is on.
    clusters.isMixed(a, sides) ||
    clusters.isMixed(b, sides);

  for (let family = 0; family < familyCount; family++) {
    const { keys, values, count } = collect(canonical, hashes, clusters.representatives, family);
    radixSort(keys, values, count);
    for (let from = 0; from < count; ) {
      let to = from + 1;
      while (to < count && keys[to] === keys[from]) to++;
      if (to - from > 1) {
        await pause(family, from / count);
        const bucket = values.subarray(from, to);
        for (const [a, b] of neighbours(bucket, canonical, alphabetical)) {
          if (!isAlike(canonical, masks, a, b) || !isCandidate(a, b) || !seen.add(a, b)) continue;
          const comparison = compare ? undefined : compareTexts(canonical, a, b);
          if (!compare && !comparison) continue;
          for (const [x, y] of pairsBetween(clusters.members(a), clusters.members(b)))
            if (isWanted(x, y)) keep(x, y, compare ? compare(canonical, x, y) : comparison);
        }
      }
      from = to;
    }
    await pause(family, 1);
  }
  return found.sort((x, y) => x.a - y.a || x.b - y.b);
}

/** 64 bits a text, one set for each word: exclusive or shows at once that two texts differ in many words. Shapes: [2 N]. */
function wordMasks({ count, starts, tokens }: CanonicalTexts, hashes: Uint32Array): Uint32Array {
  const masks = new Uint32Array(2 * count);
  for (let text = 0; text < count; text++)
    for (let p = starts[text]!; p < starts[text + 1]!; p++) {
      const bit = hashes[tokens[p]!]! & 63;
      masks[2 * text + (bit >>> 5)]! |= 1 << (bit & 31);
    }
  return masks;
}

function isAlike({ starts }: CanonicalTexts, masks: Uint32Array, a: number, b: number): boolean {
  const longer = Math.max(starts[a + 1]! - starts[a]!, starts[b + 1]! - starts[b]!);
  const differing =
    countBits(masks[2 * a]! ^ masks[2 * b]!) + countBits(masks[2 * a + 1]! ^ masks[2 * b + 1]!);
  return differing <= 2 * maxOneSided(longer);
}

/** Bits set in 32. @see Warren, "Hacker's Delight", section 5-1 */
function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function createPauser(work: Work) {
  let lastMs = Date.now();
  return async (family: number, share: number): Promise<void> => {
    if (Date.now() - lastMs < YIELD_EVERY_MS) return;
    throwIfCancelled(work.signal);
    const done = Math.round(((family + share) / familyCount) * 100);
    work.report({ done, total: 100, message: 'Looking for near-duplicates (%)' });
    await yieldToEvents();
    lastMs = Date.now();
  };
}

/** Texts with one canonical form; each group is represented by its first text. */
function groupEqual(texts: CanonicalTexts) {
  const byRepresentative = new Map<number, number[]>();
  const byForm = new Map<number, number[]>();
  const representatives: number[] = [];
  for (let text = 0; text < texts.count; text++) {
    const hash = formHash(texts, text);
    const firsts = byForm.get(hash);
    const same = firsts?.find((first) => isSameForm(texts, first, text));
    if (same === undefined) {
      if (firsts) firsts.push(text);
      else byForm.set(hash, [text]);
      representatives.push(text);
    } else {
      const members = byRepresentative.get(same);
      if (members) members.push(text);
      else byRepresentative.set(same, [same, text]);
    }
  }
  const members = (text: number): readonly number[] => byRepresentative.get(text) ?? [text];
  return {
    byRepresentative,
    representatives: Uint32Array.from(representatives),
    members,
    sideMask: (text: number, sides: Uint8Array) => sides[text]!,
    isMixed: (text: number, sides: Uint8Array) =>
      members(text).some((member) => sides[member] !== sides[text]),
  };
}

function formHash(texts: CanonicalTexts, text: number): number {
  let hash = 0x811c9dc5;
  for (let p = texts.starts[text]!; p < texts.starts[text + 1]!; p++)
    hash = Math.imul(hash ^ texts.tokens[p]!, 0x01000193) ^ (hash >>> 15);
  return hash;
}

function isSameForm(texts: CanonicalTexts, a: number, b: number): boolean {
  const [startA, startB] = [texts.starts[a]!, texts.starts[b]!];
  const length = texts.starts[a + 1]! - startA;
  if (length === 0 || length !== texts.starts[b + 1]! - startB) return false;
  for (let i = 0; i < length; i++)
    if (texts.tokens[startA + i] !== texts.tokens[startB + i]) return false;
  return true;
}

function collect(
  canonical: CanonicalTexts,
  hashes: Uint32Array,
  representatives: Uint32Array,
  family: number,
): { keys: Uint32Array; values: Uint32Array; count: number } {
  let keys = new Uint32Array(1 << 16);
  let values = new Uint32Array(1 << 16);
  let count = 0;
  emitSignatures(canonical, hashes, representatives, family, (key, text) => {
    if (count === keys.length) {
      keys = enlarge(keys);
      values = enlarge(values);
    }
    keys[count] = key;
    values[count++] = text;
  });
  return { keys, values, count };
}

function enlarge(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Rank of each word number in alphabetical order, so that mistyped words come to lie beside the right ones. */
function rankWords(words: readonly string[]): Uint32Array {
  const order = Array.from(words.keys()).sort((a, b) => (words[a]! < words[b]! ? -1 : 1));
  const ranks = new Uint32Array(words.length);
  order.forEach((word, rank) => {
    ranks[word] = rank;
  });
  return ranks;
}

function* neighbours(
  bucket: Uint32Array,
  texts: CanonicalTexts,
  ranks: Uint32Array,
): Generator<readonly [number, number]> {
  const isCrowded = bucket.length > WINDOW + 1;
  const order = isCrowded ? sortByWords(bucket, texts, ranks) : bucket;
  for (let i = 0; i < order.length; i++)
    for (let j = i + 1; j < order.length && j <= i + WINDOW; j++)
      if (order[i] !== order[j]) yield [order[i]!, order[j]!];
}

function sortByWords(bucket: Uint32Array, texts: CanonicalTexts, ranks: Uint32Array): Uint32Array {
  return Uint32Array.from(bucket).sort((a, b) => {
    let [p, q] = [texts.starts[a]!, texts.starts[b]!];
    const [endP, endQ] = [texts.starts[a + 1]!, texts.starts[b + 1]!];
    for (; p < endP && q < endQ; p++, q++) {
      const order = ranks[texts.tokens[p]!]! - ranks[texts.tokens[q]!]!;
      if (order !== 0) return order;
    }
    return endP - p - (endQ - q);
  });
}

function* pairsWithin(members: readonly number[]): Generator<readonly [number, number]> {
  const isSmall = (members.length * (members.length - 1)) / 2 <= MAX_CROSS_PAIRS;
  for (let i = 0; i < members.length; i++)
    for (let j = i + 1; j < members.length; j++)
      if (isSmall || i === 0) yield [members[i]!, members[j]!];
}

function* pairsBetween(
  left: readonly number[],
  right: readonly number[],
): Generator<readonly [number, number]> {
  const isSmall = left.length * right.length <= MAX_CROSS_PAIRS;
  for (const a of isSmall ? left : left.slice(0, 1)) for (const b of right) yield [a, b];
}
