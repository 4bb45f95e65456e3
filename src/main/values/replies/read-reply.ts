import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import { fold } from '../text/fold.ts';
import { changesMeaning, type ReplyWord, readReplyWords } from './reply-words.ts';

/** Of a type's own words, the share that may be left out, added or put otherwise by a reply of that type. */
const MOST_EDITED = 0.2;
const MAX_SLOT_WORDS = 24;
/** What it costs, in words, that a value goes on behind a comma or the like: most do not. */
const CROSSING = 2;
const endsClause = /[.,;:!?](?=\s)/;

/** A reply as one of the types says it. */
export interface ReadReply {
  /** Index of the template. */
  readonly type: number;
  readonly values: readonly SaidValue[];
  /** Words that are not as in the template. */
  readonly edits: number;
}

/** A value where the reply says it. Units: UTF-16 units of the reply, `end` exclusive. */
export interface SaidValue {
  readonly slot: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

type Item = ReplyWord | SlotItem;
interface SlotItem {
  readonly slot: string;
  /** The signs that the template itself has on both sides. */
  readonly before: string;
  readonly after: string;
}
const isSlot = (item: Item): item is SlotItem => 'slot' in item;

interface CompiledTemplate {
  readonly items: readonly Item[];
  /** Its own words, each as often as it has them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly limit: number;
  /** So many words a reply of this type has at most, with no edit. */
  readonly mostWords: number;
}

/**
 * Reads replies by types of reply: equal words, or nearly; none that bears a fact or turns the meaning is other than in
 * the template. Of several types that fit, the one with the fewest edits; a value that is said twice is the same.
 */
export function createReplyReader(
  templates: readonly ReplyTemplate[],
): (reply: string) => ReadReply | undefined {
  const compiled = templates.map(compile);
  return (reply) => {
    const words = readReplyWords(reply);
    const counts = countKeys(words);
    const crossings = words.map(({ start }, j) =>
      j > 0 && endsClause.test(reply.slice(words[j - 1]!.end, start)) ? CROSSING : 0,
    );
    let best: ReadReply | undefined;
    let bestWords = 0;
    for (const [type, template] of compiled.entries()) {
      const limit = Math.min(template.limit, best?.edits ?? template.limit);
      if (countLacking(template, counts) > limit || words.length > template.mostWords + limit)
        continue;
      const found = match(template.items, words, crossings, limit);
      if (!found) continue;
      const values = toValues(template.items, found.ranges, words, reply);
      if (!values) continue;
      // Of equally near types the one that says more by itself.
      const ownWords = template.items.filter((item) => !isSlot(item)).length;
      if (best && found.edits === best.edits && ownWords <= bestWords) continue;
      best = { type, values, edits: found.edits };
      bestWords = ownWords;
    }
    return best;
  };
}

function compile({ parts }: ReplyTemplate): CompiledTemplate {
  // Words are read in the whole, so that it shows which start a sentence; a slot stands for a word.
  const HOLE = 'x';
  let whole = '';
  const holes = new Map<number, SlotItem>();
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') {
      whole += part;
      continue;
    }
    const [before, after] = [parts[i - 1], parts[i + 1]];
    holes.set(whole.length, {
      slot: part.slot,
      before: typeof before === 'string' ? before : '',
      after: typeof after === 'string' ? after : '',
    });
    whole += HOLE;
  }
  const items = readReplyWords(whole).map((word): Item => holes.get(word.start) ?? word);
  const own = items.filter((item): item is ReplyWord => !isSlot(item));
  return {
    items,
    counts: countKeys(own),
    limit: Math.floor(MOST_EDITED * own.length),
    mostWords: own.length + holes.size * (MAX_SLOT_WORDS + 1),
  };
}

function countKeys(words: readonly ReplyWord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of words) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** A lower bound of the edits. */
function countLacking({ counts }: CompiledTemplate, found: ReadonlyMap<string, number>): number {
  let lacking = 0;
  for (const [key, count] of counts) lacking += Math.max(0, count - (found.get(key) ?? 0));
  return lacking;
}

/**
 * The cheapest way to go through both: C[i, j] = least edits for the first i items and j words, S[i, j] the same with
 * the j-th word in slot i. A slot takes a word or more, each for nothing but for where a clause ends.
 * Shapes: crossings as `words`; ranges as the slots among `items`, each the first and last of its words.
 */
function match(
  items: readonly Item[],
  words: readonly ReplyWord[],
  crossings: readonly number[],
  limit: number,
): { readonly edits: number; readonly ranges: readonly (readonly [number, number])[] } | undefined {
  const [I, J] = [items.length, words.length];
  const width = J + 1;
  const cost = new Float64Array((I + 1) * width).fill(Number.POSITIVE_INFINITY);
  // For each slot and word: where the slot began, when this is its last word.
  const began = new Int32Array((I + 1) * width).fill(-1);
  cost[0] = 0;
  const edit = (word: ReplyWord) => (word.isWeighty ? Number.POSITIVE_INFINITY : 1);
  for (let j = 1; j <= J; j++) cost[j] = cost[j - 1]! + edit(words[j - 1]!);
  for (let i = 1; i <= I; i++) {
    const item = items[i - 1]!;
    const row = i * width;
    const above = row - width;
    if (isSlot(item)) {
      for (let j = 1; j <= J; j++) {
        const fresh = cost[above + j - 1]!;
        const from = began[row + j - 1]!;
        const isShort = from >= 0 && j - from <= MAX_SLOT_WORDS;
        const goesOn = isShort ? cost[row + j - 1]! + crossings[j - 1]! : Infinity;
        // A shorter value before a longer one, when both are as near.
        const takes = fresh <= goesOn;
        cost[row + j] = takes ? fresh : goesOn;
        if (cost[row + j]! < Infinity) began[row + j] = takes ? j - 1 : from;
      }
      continue;
    }
    cost[row] = cost[above]! + edit(item);
    for (let j = 1; j <= J; j++) {
      const word = words[j - 1]!;
      const changed = item.key === word.key ? 0 : changesMeaning(item, word) ? Infinity : 1;
      cost[row + j] = Math.min(
        cost[above + j - 1]! + changed,
        cost[above + j]! + edit(item),
        cost[row + j - 1]! + edit(word),
      );
    }
  }
  const edits = cost[I * width + J]!;
  if (edits > limit) return undefined;
  return { edits, ranges: traceBack(items, words, cost, began) };
}

/** The words of each slot on the way that the costs were found on. */
function traceBack(
  items: readonly Item[],
  words: readonly ReplyWord[],
  cost: Float64Array,
  began: Int32Array,
): (readonly [number, number])[] {
  const width = words.length + 1;
  const ranges: (readonly [number, number])[] = [];
  let [i, j] = [items.length, words.length];
  while (i > 0) {
    const item = items[i - 1]!;
    const own = cost[i * width + j]!;
    if (isSlot(item)) {
      const from = began[i * width + j]!;
      ranges.push([from, j - 1]);
      j = from;
      i--;
      continue;
    }
    const word = words[j - 1];
    const changed =
      word === undefined || (item.key !== word.key && changesMeaning(item, word))
        ? Infinity
        : Number(item.key !== word.key);
    if (word && own === cost[(i - 1) * width + j - 1]! + changed) {
      i--;
      j--;
    } else if (word && !word.isWeighty && own === cost[i * width + j - 1]! + 1) j--;
    else i--;
  }
  return ranges.reverse();
}

/** Signs that belong to a value though they are no letters: of money, shares, temperatures, numbers; "3,50 €", too. */
const signsBefore = /(?:[#$€£¥₹+-]+|[$€£¥₹]\s)$/u;
const signsAfter = /^(?:[%°€$£¥₹+]+|\s[%°€$£¥₹])/u;

/** Undefined when one value is said in two ways. */
function toValues(
  items: readonly Item[],
  ranges: readonly (readonly [number, number])[],
  words: readonly ReplyWord[],
  reply: string,
): SaidValue[] | undefined {
  const slots = items.filter(isSlot);
  const values = slots.map(({ slot, before, after }, k): SaidValue => {
    const [first, last] = ranges[k]!;
    const start = words[first]!.start;
    const end = words[last]!.end;
    const left = signsBefore.exec(reply.slice(words[first - 1]?.end ?? 0, start))?.[0] ?? '';
    const right = signsAfter.exec(reply.slice(end, words[last + 1]?.start))?.[0] ?? '';
    const from = start - (signsBefore.test(before) ? 0 : left.length);
    const to = end + (signsAfter.test(after) ? 0 : right.length);
    return { slot, value: reply.slice(from, to), start: from, end: to };
  });
  const known = new Map(values.map(({ slot, value }) => [slot, fold(value)]));
  return values.every(({ slot, value }) => known.get(slot) === fold(value)) ? values : undefined;
}
