import classes from './Chart.module.css';
import type { Point } from './point.ts';

/** How far each point of a line may be off: a band along it, or a whisker at each. */
export function Intervals({
  points,
  intervals,
  isBand,
  x,
  y,
}: {
  readonly points: readonly Point[];
  readonly intervals: readonly (Point | undefined)[];
  readonly isBand: boolean;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}) {
  const reaches = points.flatMap(([at], i) => {
    const interval = intervals[i];
    return interval ? [{ at: x(at), low: y(interval[0]), high: y(interval[1]) }] : [];
  });
  if (isBand) {
    const there = reaches.map(({ at, high }) => `${at},${high}`);
    const back = reaches.toReversed().map(({ at, low }) => `${at},${low}`);
    return <polygon className={classes.band} points={[...there, ...back].join(' ')} />;
  }
  return reaches.map(({ at, low, high }) => (
    <line key={at} className={classes.reach} x1={at} x2={at} y1={low} y2={high} />
  ));
}
