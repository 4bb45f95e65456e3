import { type CanonicalTexts, wordRoles } from './canonical.ts';
import { tokenize } from './normalise.ts';
import { isOneMove } from './one-move.ts';
import { editDistance, isTypo, type WordUse } from './typo.ts';
import { fillers, synonyms } from './words.ts';

export interface Comparison {
  /** In (0, 1]; 1 for texts equal but for case, punctuation, padding and synonyms. */
  readonly similarity: number;
  readonly edits: readonly string[];
}

const TYPO_COST = 0.5;
const LIGHT_COST = 0.5;
const MOVE_COST = 0.5;
const CONTENT_COST = 1;
/** One edit for each so many words, but at least `MIN_EDITS`. */
const WORDS_PER_EDIT = 8;
const MIN_EDITS = 2;
/** In a shorter text a content word more is a detail more: "my card", "my virtual card". */
const MIN_CONTENT_FOR_DROP = 6;

/** How many words of a text of this length may be missing in its duplicate: one for each edit, and one that a slip broke apart. */
export function maxOneSided(words: number): number {
  return Math.max(MIN_EDITS, Math.floor(words / WORDS_PER_EDIT)) + 1;
}

/**
 * Compares two texts word by word and returns undefined unless every difference is one that keeps the meaning:
 * mistyped words, a light word or one content word more or less, neighbours exchanged. A different number, day,
 * amount, negation or content word in the same place is a different text.
 */
export function compareTexts(texts: CanonicalTexts, a: number, b: number): Comparison | undefined {
  const comparison = compareWords(texts, a, b);
  if (comparison || texts.bags[a] !== texts.bags[b]) return comparison;
  // Exchanged neighbours may break a phrase that is read as one word: "why I did not".
  const [left, right] = [tokenize(texts.texts[a]!), tokenize(texts.texts[b]!)];
  if (!isOneMove(left, right)) return undefined;
  return { similarity: 1 - MOVE_COST / (left.length + 1), edits: ['order'] };
}

function compareWords(texts: CanonicalTexts, a: number, b: number): Comparison | undefined {
  const left = wordsOf(texts, a);
  const right = wordsOf(texts, b);
  const longer = Math.max(left.length, right.length);
  const limit = maxOneSided(longer);
  const budget = limit - 1;
  if (Math.abs(left.length - right.length) > limit) return undefined;

  const onlyLeft = difference(left, right, limit);
  const onlyRight = onlyLeft && difference(right, left, limit);
  if (!onlyLeft || !onlyRight) return undefined;

  const edits: string[] = [];
  const pairs = new Map<number, number>();
  removeTypos(texts, onlyLeft, onlyRight, edits, pairs);
  removeRespacing(texts, onlyLeft, onlyRight, edits);
  let cost = edits.length * TYPO_COST;
  const typos = edits.length;

  let exchanged = 0;
  if (onlyLeft.length > 0 && onlyRight.length > 0) {
    exchanged = exchangeLightWord(texts, onlyLeft, onlyRight, edits, pairs);
    cost += exchanged * LIGHT_COST;
    if (onlyLeft.length > 0 && onlyRight.length > 0) return undefined;
  }
  let dropped = 0;
  for (const word of [...onlyLeft, ...onlyRight]) {
    if (isMistypedPadding(texts.words[word]!)) continue;
    const role = texts.roles[word];
    if (role === wordRoles.decisive) return undefined;
    const isContent = role === wordRoles.content;
    if (isContent) dropped++;
    cost += isContent ? CONTENT_COST : LIGHT_COST;
    edits.push(`± ${texts.words[word]}`);
  }
  if (dropped > Math.max(1, Math.floor(longer / (2 * WORDS_PER_EDIT)))) return undefined;
  if (dropped > 0 && contentCount(texts, left, right) < MIN_CONTENT_FOR_DROP - 1 + dropped)
    return undefined;
  const missing = onlyLeft.length + onlyRight.length;
  if (missing > Math.max(1, Math.floor(longer / (2 * WORDS_PER_EDIT)))) return undefined;
  if (typos + missing > budget) return undefined;

  const moved = movedWords(left, right, pairs, onlyLeft.length + onlyRight.length);
  if (moved > Math.max(1, Math.floor(longer / (2 * WORDS_PER_EDIT)))) return undefined;
  if (moved > 0) edits.push('order');
  cost += moved * MOVE_COST;
  // Different kinds of edits in one short text make another text.
  const kinds = [typos, exchanged, missing, moved].filter((count) => count > 0).length;
  if (kinds > 1 + Math.floor(longer / (2 * WORDS_PER_EDIT))) return undefined;
  return { similarity: longer === 0 ? 1 : Math.max(0, 1 - cost / (longer + 1)), edits };
}

const wordsOf = (texts: CanonicalTexts, i: number): Int32Array =>
  texts.tokens.subarray(texts.starts[i]!, texts.starts[i + 1]!);

/** Which words of the other text are matched; reused, since most candidates end here. */
let matched = new Uint8Array(256);

/** Words of `a` beyond those of `b`, with multiplicity, in their order; undefined when there are more than `limit`. */
function difference(a: Int32Array, b: Int32Array, limit: number): number[] | undefined {
  if (b.length > matched.length) matched = new Uint8Array(2 * b.length);
  matched.fill(0, 0, b.length);
  const only: number[] = [];
  for (let i = 0; i < a.length; i++) {
    let at = 0;
    while (at < b.length && (matched[at] === 1 || b[at] !== a[i])) at++;
    if (at < b.length) matched[at] = 1;
    else if (only.push(a[i]!) > limit) return undefined;
  }
  return only;
}

/** Other spellings that a canonical word stands for: a mistyping may be of any of them. */
const spellings = new Map<string, readonly string[]>(
  synonyms.map(([to, ...others]) => [
    to!.join(' '),
    others.filter((other) => other.length === 1).map((other) => other[0]!),
  ]),
);
const longFillers = Array.from(fillers).filter((word) => word.length >= 5);

function isMistypedPadding(word: string): boolean {
  return word.length >= 5 && longFillers.some((filler) => editDistance(word, filler, 1) === 1);
}

function removeTypos(
  texts: CanonicalTexts,
  onlyLeft: number[],
  onlyRight: number[],
  edits: string[],
  pairs: Map<number, number>,
): void {
  const use = (word: number) => ({
    word: texts.words[word]!,
    frequency: texts.frequencies[word]!,
    isKnown: texts.roles[word] !== wordRoles.content,
  });
  for (let i = onlyLeft.length - 1; i >= 0; i--) {
    const j = onlyRight.findIndex((word) => isMistyped(use(onlyLeft[i]!), use(word)));
    if (j < 0) continue;
    edits.push(`${texts.words[onlyLeft[i]!]} ~ ${texts.words[onlyRight[j]!]}`);
    pairs.set(onlyLeft[i]!, onlyRight[j]!);
    onlyLeft.splice(i, 1);
    onlyRight.splice(j, 1);
  }
}

function isMistyped(a: WordUse, b: WordUse): boolean {
  if (isTypo(a, b)) return true;
  if (spellings.get(a.word)?.some((word) => isTypo({ ...a, word }, b))) return true;
  return spellings.get(b.word)?.some((word) => isTypo(a, { ...b, word })) ?? false;
}

/** "do  Imake" for "do I make": the same letters with the space elsewhere, at most two typed wrong. */
function removeRespacing(
  texts: CanonicalTexts,
  onlyLeft: number[],
  onlyRight: number[],
  edits: string[],
): void {
  if (onlyLeft.length === 0 || onlyRight.length === 0) return;
  if (onlyLeft.length === 1 && onlyRight.length === 1) return;
  const words = [...onlyLeft, ...onlyRight];
  if (words.some((word) => texts.roles[word] === wordRoles.decisive)) return;
  const left = onlyLeft.map((word) => texts.words[word]).join('');
  const right = onlyRight.map((word) => texts.words[word]).join('');
  if (left.length < 4 || editDistance(left, right, 1) > 1) return;
  edits.push(`${left} ~ ${right}`);
  onlyLeft.length = 0;
  onlyRight.length = 0;
}

/** "a" for "the", or "or" for "for": one of them changes no meaning. */
function exchangeLightWord(
  texts: CanonicalTexts,
  onlyLeft: number[],
  onlyRight: number[],
  edits: string[],
  pairs: Map<number, number>,
): number {
  const isLight = (word: number) => lightRoles.has(texts.roles[word]!);
  const isFree = (a: number, b: number) =>
    (texts.roles[a] === wordRoles.determiner && texts.roles[b] === wordRoles.determiner) ||
    (isLight(a) && isLight(b) && editDistance(texts.words[a]!, texts.words[b]!, 1) <= 1);
  for (let i = 0; i < onlyLeft.length; i++) {
    const j = onlyRight.findIndex((word) => isFree(onlyLeft[i]!, word));
    if (j < 0) continue;
    edits.push(`${texts.words[onlyLeft[i]!]} -> ${texts.words[onlyRight[j]!]}`);
    pairs.set(onlyLeft[i]!, onlyRight[j]!);
    onlyLeft.splice(i, 1);
    onlyRight.splice(j, 1);
    return 1;
  }
  return 0;
}

const lightRoles: ReadonlySet<number> = new Set([wordRoles.light, wordRoles.determiner]);

function contentCount(texts: CanonicalTexts, left: Int32Array, right: Int32Array): number {
  const count = (words: Int32Array) =>
    words.reduce((sum, word) => sum + (texts.roles[word] === wordRoles.content ? 1 : 0), 0);
  return Math.max(count(left), count(right));
}

/** How many of the shared words stand in another order: the shorter shared length less the longest common subsequence. */
function movedWords(
  left: Int32Array,
  right: Int32Array,
  typos: ReadonlyMap<number, number>,
  dropped: number,
): number {
  const isSame = (a: number, b: number) => a === b || typos.get(a) === b;
  const rows = [new Int32Array(right.length + 1), new Int32Array(right.length + 1)];
  for (let i = 1; i <= left.length; i++) {
    const last = rows[(i - 1) & 1]!;
    const row = rows[i & 1]!;
    for (let j = 1; j <= right.length; j++)
      row[j] = isSame(left[i - 1]!, right[j - 1]!)
        ? last[j - 1]! + 1
        : Math.max(last[j]!, row[j - 1]!);
  }
  const common = rows[left.length & 1]![right.length]!;
  const shared = Math.floor((left.length + right.length - dropped) / 2);
  return Math.max(0, shared - common);
}
