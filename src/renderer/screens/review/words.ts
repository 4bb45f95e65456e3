/** A piece of a text: a word that can be chosen, or what stands between words. Units: UTF-16 units. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Its number among the words; undefined between words. */
  readonly word: number | undefined;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Cuts a text into words and what is between, so that the pieces put together are the text. */
export function toPieces(text: string): Piece[] {
  let word = 0;
  return [...words.segment(text)].map(({ segment, index, isWordLike }) => ({
    start: index,
    end: index + segment.length,
    text: segment,
    word: isWordLike || /\S/.test(segment) ? word++ : undefined,
  }));
}

/** Words chosen one after the other; `head` moves, `anchor` stays. Numbers of words. */
export interface Choice {
  readonly anchor: number;
  readonly head: number;
}

/** The stretch of the text from the first chosen word to the last. */
export function chosenText(
  text: string,
  pieces: readonly Piece[],
  { anchor, head }: Choice,
): string {
  const first = pieces.find(({ word }) => word === Math.min(anchor, head));
  const last = pieces.find(({ word }) => word === Math.max(anchor, head));
  return first && last ? text.slice(first.start, last.end) : '';
}
