import type { AugmentTools, Repeat } from '../augment/tools.ts';
import { contaminationCheck } from '../curate/checks/contamination.ts';
import { nearDuplicateCheck } from '../curate/checks/near-duplicate.ts';
import { findLeaks } from '../curate/duplicates/find-leaks.ts';
import { findNearDuplicates } from '../curate/duplicates/find-near-duplicates.ts';

/** Drafts that repeat a row or another draft, by the likeness that curating flags. */
export const findDraftRepeats: AugmentTools['findRepeats'] = async (drafts, rows, { signal }) => {
  // A step of many; the whole tells how far it is.
  const work = { signal, report: () => undefined };
  const isNear = ({ similarity }: { readonly similarity: number }) =>
    1 - similarity < nearDuplicateCheck.threshold;
  const isLeak = ({ similarity }: { readonly similarity: number }) =>
    1 - similarity < contaminationCheck.threshold;
  const found: Repeat[] = [];

  const texts = [...drafts, ...rows.map(({ text }) => text)];
  const sides = Uint8Array.from(texts, (_, i) => (i < drafts.length ? 0 : 1));
  for (const pair of await findNearDuplicates(texts, { sides }, work))
    if (isNear(pair)) found.push({ draft: pair.a, row: pair.b - drafts.length });

  const guarded = rows.flatMap(({ isGuarded }, row) => (isGuarded ? [row] : []));
  if (guarded.length > 0) {
    const kept = [...drafts, ...guarded.map((row) => rows[row]!.text)];
    const leaks = await findLeaks(kept, sides.subarray(0, kept.length), work);
    for (const leak of leaks)
      if (isLeak(leak))
        found.push({ draft: leak.train, row: guarded[leak.guarded - drafts.length]! });
  }
  for (const pair of await findNearDuplicates(drafts, {}, work))
    if (isNear(pair)) found.push({ draft: pair.b, otherDraft: pair.a });
  return found;
};
