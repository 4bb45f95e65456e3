/** How many tones tell the fields of one output apart; each has an underline of its own. */
export const TONES = 6;

/** A stretch of a text that a value was read from. Units: UTF-16 units, `end` exclusive. */
export interface Marking {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** Which of the tones marks it. */
  readonly tone: number;
}

export interface Segment {
  readonly start: number;
  readonly text: string;
  readonly marking: Marking | undefined;
}

/** Cuts a text where markings begin and end; of two that overlap the one that begins first, or is longer, stays. */
export function toSegments(text: string, markings: readonly Marking[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  const add = (end: number, marking: Marking | undefined) => {
    if (end > at) segments.push({ start: at, text: text.slice(at, end), marking });
    at = Math.max(at, end);
  };
  for (const marking of markings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (marking.start < at || marking.end > text.length) continue;
    add(marking.start, undefined);
    add(marking.end, marking);
  }
  add(text.length, undefined);
  return segments;
}
