import { kindOf, LETTER, MARK, SIGN, SINGLE, SPACE } from './code-points.ts';

/**
 * The words of a text, in order. Shapes: `starts`, `ends`, `kinds` [L].
 * Units: UTF-16 units, ends exclusive, so that `text.slice(starts[i], ends[i])` is word i.
 */
export interface Words {
  readonly text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** LETTER, DIGIT, SIGN or SINGLE of code-points.ts. */
  readonly kinds: Uint8Array;
}

/**
 * Cuts a text into the words that tags are given to: runs of letters, runs of digits ("5km" is two words, so that a
 * 5 can be a value), each sign and each character of scripts without spaces by itself. Marks stay with what they
 * follow. No word begins or ends within a surrogate pair.
 */
export function splitWords(text: string): Words {
  const starts: number[] = [];
  const ends: number[] = [];
  const kinds: number[] = [];
  let last: number = SPACE;
  for (let i = 0; i < text.length; ) {
    const codePoint = text.codePointAt(i)!;
    const next = i + (codePoint > 0xffff ? 2 : 1);
    let kind = kindOf(codePoint);
    if (kind === MARK) kind = last === SPACE ? LETTER : MARK;
    if (kind === MARK || (kind === last && kind !== SIGN && kind !== SINGLE && kind !== SPACE))
      ends[ends.length - 1] = next;
    else if (kind !== SPACE) {
      starts.push(i);
      ends.push(next);
      kinds.push(kind);
    }
    if (kind !== MARK) last = kind;
    i = next;
  }
  return {
    text,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    kinds: Uint8Array.from(kinds),
  };
}
