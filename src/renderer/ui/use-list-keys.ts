import { type KeyboardEvent, useState } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/**
 * Keys of a list whose items are cards: arrows (or J and K) go from one to the next, other keys act on the current one.
 * They hold only while the list itself has the focus, so that a letter typed elsewhere does nothing.
 */
export function useListKeys<Item>(
  items: readonly Item[],
  acts: Readonly<Record<string, (item: Item) => void>>,
) {
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, items.length - 1));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isOwn = event.target === event.currentTarget;
    if (!isOwn || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    const act = acts[event.key];
    const item = items[active];
    if (step) {
      const next = Math.max(0, Math.min(items.length - 1, active + step));
      setActive(next);
      event.currentTarget.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (act && item !== undefined) act(item);
    else return;
    event.preventDefault();
  };
  return { active, setActive, onKeyDown };
}
