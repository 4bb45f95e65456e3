/** Maps the numbers of a domain to pixels. */
export interface Scale {
  readonly domain: readonly [number, number];
  (value: number): number;
}

export function linearScale(
  domain: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  const span = domain[1] - domain[0] || 1;
  // px = from + (value − low) / (high − low) · (to − from)
  const at = (value: number) => from + ((value - domain[0]) / span) * (to - from);
  return Object.assign(at, { domain });
}

/** About `wanted` round numbers over a domain; of what is counted, whole ones. */
export function ticks(
  [low, high]: readonly [number, number],
  { wanted = 5, isWhole = false } = {},
): number[] {
  const rough = (high - low) / wanted;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const step = isWhole ? Math.max(1, round) : round;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
