import { assign } from './assign.ts';
import type { ContextModel } from './context-model.ts';
import type { OpenValue, RowAlignment } from './row-alignment.ts';

/** How much likelier its neighbours must be beside the slot's values than anywhere, to trust a weak place: ln 4. */
const TRUSTED = Math.log(4);

/** Second pass over one row: the usual neighbours of a slot's values decide between several places, or nothing does. */
export function decideOpenValues(row: RowAlignment, model: ContextModel): void {
  const contests = Map.groupBy(row.open, ({ key }) => key);
  row.open = [];
  for (const rivals of contests.values()) decide(row, rivals, model);
}

function decide(row: RowAlignment, rivals: readonly OpenValue[], model: ContextModel): void {
  const places = rivals[0]!.places.filter(row.isFree);
  const slots = rivals.map(({ index }) => row.row.values[index]!.slot);
  const chosen = assign(slots, places, (slot, place) => model.score(row.row.text, slot, place));
  for (const [i, { index, isWeak }] of rivals.entries()) {
    const place = chosen?.[i];
    const isTrusted = place && (!isWeak || model.score(row.row.text, slots[i]!, place) >= TRUSTED);
    if (isTrusted) row.take(index, place);
    else if (places.length > 0)
      row.settle(index, {
        kind: 'ambiguous',
        candidates: places.map(({ start, end }) => ({ start, end })),
      });
  }
}
