import { assign } from './assign.ts';
import type { ContextModel } from './context-model.ts';
import type { OpenValue, RowAlignment } from './row-alignment.ts';

/** Second pass over one row: the usual neighbours of a slot's values decide between several places, or nothing does. */
export function decideOpenValues(row: RowAlignment, model: ContextModel): void {
  const contests = Map.groupBy(row.open, (open) => open.key);
  row.open = [];
  for (const rivals of contests.values()) decide(row, rivals, model);
}

function decide(row: RowAlignment, rivals: readonly OpenValue[], model: ContextModel): void {
  const spans = rivals[0]!.spans.filter(row.isFree);
  const slots = rivals.map(({ index }) => row.row.values[index]!.slot);
  const places = assign({ slots, spans }, (slot, span) => model.score(row.row.text, slot, span));
  for (const [i, { index, kind }] of rivals.entries()) {
    if (places) row.take(index, kind, places[i]!);
    else if (spans.length > 0) row.settle(index, { kind: 'ambiguous', candidates: spans });
  }
}
