export interface DiffPart {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** Above so many cells of the table, only what begins and ends alike counts as the same. */
const MAX_CELLS = 1_000_000;

/** What has to be taken from one text and added to make the other, word by word. */
export function diffWords(before: string, after: string): DiffPart[] {
  const a = before.match(/\s+|[^\s]+/g) ?? [];
  const b = after.match(/\s+|[^\s]+/g) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < Math.min(a.length, b.length) - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  const middle = diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return merge([
    ...a.slice(0, start).map((text): DiffPart => ({ text, kind: 'same' })),
    ...middle,
    ...a.slice(a.length - end).map((text): DiffPart => ({ text, kind: 'same' })),
  ]);
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  const removed = (text: string): DiffPart => ({ text, kind: 'removed' });
  const added = (text: string): DiffPart => ({ text, kind: 'added' });
  if (a.length * b.length > MAX_CELLS) return [...a.map(removed), ...b.map(added)];
  // longest[i][j]: words that a from i and b from j have in common, in order.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] =
        a[i] === b[j]
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      parts.push({ text: a[i++]!, kind: 'same' });
      j++;
    } else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) parts.push(removed(a[i++]!));
    else parts.push(added(b[j++]!));
  }
  return [...parts, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

function merge(parts: readonly DiffPart[]): DiffPart[] {
  const merged: DiffPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last?.kind === part.kind)
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}
