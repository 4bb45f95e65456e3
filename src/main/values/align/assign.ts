import type { Span } from '../alignment.ts';

/** How much likelier the best assignment must be than the next, as a difference of logarithms. */
const MARGIN = Math.log(4);
/** Steps of the search at most; past it the case is left open. */
const MAX_STEPS = 5_000;

/**
 * Gives each of some values, named by their slots, one of some spans: the assignment with the highest sum of scores, if it is clearly the
 * best. Assignments that differ only in the order of one slot's values are the same; its values then stand in order.
 * Undefined when nothing decides.
 */
export function assign<S extends Span>(
  slots: readonly number[],
  spans: readonly S[],
  score: (slot: number, span: S) => number,
): readonly S[] | undefined {
  const scores = slots.map((slot) => spans.map((span) => score(slot, span)));
  const chosen: number[] = [];
  let best: { readonly total: number; readonly spans: readonly number[] } | undefined;
  let secondTotal = Number.NEGATIVE_INFINITY;
  let stepCount = 0;

  function choose(value: number, total: number): void {
    if (++stepCount > MAX_STEPS) return;
    if (value === slots.length) {
      if (!best || total > best.total) {
        secondTotal = best?.total ?? secondTotal;
        best = { total, spans: [...chosen] };
      } else secondTotal = Math.max(secondTotal, total);
      return;
    }
    const sibling = slots.lastIndexOf(slots[value]!, value - 1);
    const first = value > 0 && sibling >= 0 ? chosen[sibling]! + 1 : 0;
    for (let i = first; i < spans.length; i++) {
      if (chosen.includes(i)) continue;
      chosen.push(i);
      choose(value + 1, total + scores[value]![i]!);
      chosen.pop();
    }
  }

  choose(0, 0);
  if (!best || stepCount > MAX_STEPS || best.total - secondTotal < MARGIN) return undefined;
  return best.spans.map((i) => spans[i]!);
}
