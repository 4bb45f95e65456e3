import type { Row } from '../row.ts';

/** What each figure of a measurement is counted in, or is to reach. */
export type Units<M> = Readonly<Record<keyof M, string>>;

/** Measures once for each of STILLROOM_SEEDS: mean and spread (standard deviation) of each figure. */
export async function overSeeds<M extends { readonly [K in keyof M]?: number }>(
  name: string,
  measureOnce: (seed: number) => Promise<M>,
  units: Partial<Units<M>>,
  targets: Partial<Units<M>>,
): Promise<Row[]> {
  const seeds = (process.env.STILLROOM_SEEDS ?? '1,2,3').split(',').map(Number);
  const runs: M[] = [];
  for (const seed of seeds) {
    const one = await measureOnce(seed);
    console.error(`${name}, seed ${seed}: ${JSON.stringify(one)}`);
    runs.push(one);
  }
  return (Object.keys(units) as (keyof M & string)[]).flatMap((key) => {
    const values = runs.map((one): number => one[key] ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const target = targets[key];
    const unit = units[key] ?? '';
    const row = { name: `${name} ${key}: mean of ${seeds.length}`, value: mean, unit };
    const spread = { name: `${name} ${key}: spread`, unit };
    return [
      { ...row, ...(target && { target }) },
      ...(values.length > 1
        ? [{ ...spread, value: Math.sqrt(squares / (values.length - 1)) }]
        : []),
    ];
  });
}
