import classes from './Chart.module.css';

const WIDTH = 400;
const HEIGHT = 64;

/** Scores in equal bins from 0 to 1, a line at the cut; those below it are marked. A slider of its width is its axis. */
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
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      width="100%"
      height={HEIGHT}
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
          >
            <title>
              {n} between {low.toFixed(2)} and {(low + 1 / bins.length).toFixed(2)}
            </title>
          </rect>
        );
      })}
      <line className={classes.cut} x1={cut * WIDTH} x2={cut * WIDTH} y1={0} y2={HEIGHT} />
    </svg>
  );
}
