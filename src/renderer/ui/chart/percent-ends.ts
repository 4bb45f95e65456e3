import type { Point } from './point.ts';

/** The ends of an interval of shares on an axis in percent; none where none was kept. */
export const percentEnds = ({
  low,
  high,
}: {
  readonly low?: number;
  readonly high?: number;
}): Point | undefined =>
  low === undefined || high === undefined ? undefined : [low * 100, high * 100];
