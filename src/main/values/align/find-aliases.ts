import { foldWithPlaces } from '../text/fold.ts';
import { assign } from './assign.ts';
import type { ContextModel } from './context-model.ts';
import { findFolded } from './find-literal.ts';
import type { AliasTable } from './mine-aliases.ts';
import type { Place, RowAlignment } from './row-alignment.ts';

/** Gives values that are still missing the place of a surface that stands for them. */
export function findAliases(row: RowAlignment, aliases: AliasTable, model: ContextModel): void {
  for (const [index, { slot, value }] of row.row.values.entries()) {
    if (row.found[index] || typeof value !== 'string') continue;
    const surfaces = aliases.get(value) ?? [];
    const places = surfaces.flatMap((surface) =>
      findFolded(row.haystack, foldWithPlaces(surface).text)
        .filter(row.isFree)
        .map((span): Place => ({ ...span, kind: 'alias' })),
    );
    const [place] = assign([slot], places, (of, span) => model.score(row.row.text, of, span)) ?? [];
    if (place) row.take(index, place);
  }
}
