import classes from './Chart.module.css';

const WIDTH = 320;
const HEIGHT = 64;

/** Scores in equal bins from 0 to 1; those below the cut are marked. */
export function Histogram({
  label,
  bins,
  cut,
}: {
  readonly label: string;
  readonly bins: readonly number[];
  readonly cut: number;
}) {
  // Square roots, so that a full bin does not flatten the few that matter.
  const highest = Math.sqrt(Math.max(1, ...bins));
  const width = WIDTH / bins.length;
  return (
    <svg
      className={classes.svg}
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`}
      width="100%"
      style={{ maxWidth: WIDTH }}
      role="img"
      aria-label={label}
    >
      {bins.map((n, index) => {
        const low = index / bins.length;
        const size = (Math.sqrt(n) / highest) * HEIGHT;
        return (
          <rect
            key={low}
            className={classes.bar}
            data-flagged={low < cut}
            x={index * width + 1}
            y={HEIGHT - size}
            width={width - 2}
            height={size}
          />
        );
      })}
      <line className={classes.axis} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      <text x={0} y={HEIGHT + 13}>
        0 worst
      </text>
      <text x={WIDTH} y={HEIGHT + 13} textAnchor="end">
        1 best
      </text>
    </svg>
  );
}
