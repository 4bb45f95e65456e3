import type { Rng } from '../../lib/rng.ts';

/** Small words that turn a sentence round; no strategy touches them. */
const decisive = new Set(
  "not no never none nor without cannot can't don't didn't won't isn't wasn't doesn't before after nicht kein keine nie ohne ne pas non jamais sans".split(
    ' ',
  ),
);
const MIN_LETTERS = 4;

/** A piece of a text: a word that may be disturbed, or whatever stands between such words. */
export interface Piece {
  readonly text: string;
  readonly isOpen: boolean;
}

/** Cuts a text so that joining the pieces gives it back; digits, short, decisive and protected words stay closed. */
export function cutIntoPieces(text: string, closed: ReadonlySet<string>): Piece[] {
  const parts = text.match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)*|[^\p{L}\p{M}]+/gu) ?? [];
  return parts.map((part, index) => {
    const word = part.toLowerCase();
    const touchesDigit =
      /\p{N}$/u.test(parts[index - 1] ?? '') || /^\p{N}/u.test(parts[index + 1] ?? '');
    const isOpen =
      /^\p{L}/u.test(part) &&
      [...part].length >= MIN_LETTERS &&
      !touchesDigit &&
      !closed.has(word) &&
      !decisive.has(word.replace('’', "'"));
    return { text: part, isOpen };
  });
}

/** Changes some of the open words; undefined when there is none or nothing changed. */
export function changeWords(
  text: string,
  closed: ReadonlySet<string>,
  count: number,
  rng: Rng,
  change: (word: string) => string,
): string | undefined {
  const pieces = cutIntoPieces(text, closed);
  const open = rng.shuffle(pieces.flatMap(({ isOpen }, index) => (isOpen ? [index] : [])));
  const chosen = new Set(open.slice(0, count));
  const changed = pieces
    .map((piece, index) => (chosen.has(index) ? change(piece.text) : piece.text))
    .join('');
  return changed === text ? undefined : changed;
}

/** One item, each as likely as the others; the list must not be empty. */
export function pick<Item>(items: readonly Item[], rng: Rng): Item {
  return items[rng.integer(items.length)]!;
}
