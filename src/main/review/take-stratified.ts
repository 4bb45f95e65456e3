/**
 * Takes items until their sizes reach the target, from each stratum in proportion (largest remainders) and in the
 * order given. An item is taken only while at least half of it fits its stratum's quota.
 */
export function takeStratified<Item>(
  items: readonly Item[],
  target: number,
  stratumOf: (item: Item) => string,
  sizeOf: (item: Item) => number,
): Set<Item> {
  const strata = new Map<string, Item[]>();
  for (const item of items) {
    const key = stratumOf(item);
    const stratum = strata.get(key);
    if (stratum) stratum.push(item);
    else strata.set(key, [item]);
  }
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const taken = new Set<Item>();
  if (target <= 0 || total === 0) return taken;

  const quotas = [...strata.values()].map((stratum) => {
    const size = stratum.reduce((sum, item) => sum + sizeOf(item), 0);
    const exact = (Math.min(target, total) * size) / total;
    return { stratum, quota: Math.floor(exact), remainder: exact - Math.floor(exact) };
  });
  let left = Math.min(target, total) - quotas.reduce((sum, { quota }) => sum + quota, 0);
  for (const quota of [...quotas].sort((a, b) => b.remainder - a.remainder)) {
    if (left-- <= 0) break;
    quota.quota++;
  }
  for (const { stratum, quota } of quotas) {
    let filled = 0;
    for (const item of stratum) {
      const size = sizeOf(item);
      if (filled + size / 2 > quota) continue;
      taken.add(item);
      filled += size;
    }
  }
  return taken;
}
