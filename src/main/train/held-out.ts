import type { Example } from '../store/examples.ts';
import { foldText } from './features/fold.ts';

/**
 * A test whether a row touches rows that are kept for measuring: the same group, an equal text as the student sees
 * it, a parent (of any generation) among them, or a leak that curating found and nobody has decided about.
 */
export function createLeakTest(heldOut: readonly Example[], leaking: ReadonlySet<number>) {
  const ids = new Set(heldOut.map((example) => example.id));
  const groupIds = new Set(heldOut.flatMap((example) => example.groupId ?? []));
  const groupKeys = new Set(heldOut.flatMap((example) => example.groupKey ?? []));
  const texts = new Set(heldOut.map(textOf));

  return (example: Example, candidates: ReadonlyMap<number, Example>): boolean => {
    if (leaking.has(example.id)) return true;
    if (example.groupId !== null && groupIds.has(example.groupId)) return true;
    if (example.groupKey !== null && groupKeys.has(example.groupKey)) return true;
    if (texts.size > 0 && texts.has(textOf(example))) return true;
    const seen = new Set<number>();
    for (let parentId = example.parentId; parentId !== null; ) {
      if (ids.has(parentId)) return true;
      if (seen.has(parentId)) return false;
      seen.add(parentId);
      parentId = candidates.get(parentId)?.parentId ?? null;
    }
    return false;
  };
}

function textOf({ text, context }: Example): string {
  return `${foldText(context ?? '')}\n${foldText(text)}`;
}
