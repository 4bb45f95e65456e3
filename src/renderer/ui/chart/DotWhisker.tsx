import { useElementSize } from '@mantine/hooks';
import type { Estimate } from '../../../shared/domain/metrics.ts';
import { interval, percent } from '../../lib/format.ts';
import classes from './Chart.module.css';
import { ChartFigure } from './ChartFigure.tsx';
import type { Role } from './LineChart.tsx';
import { linearScale, ticks } from './scale.ts';

export interface Whisker {
  readonly name: string;
  readonly role: Role;
  readonly estimate: Estimate;
}

const ROW_PX = 34;
const NAME_PX = 150;
const FIGURE_PX = 72;
const AXIS_PX = 40;

/** One row each: a mark at the value, a band over its 95 % interval, the figure beside it. */
export function DotWhisker({
  caption,
  title,
  rows,
}: {
  readonly caption: string;
  readonly title: string;
  readonly rows: readonly Whisker[];
}) {
  const { ref, width } = useElementSize();
  const lowest = Math.min(...rows.map(({ estimate }) => estimate.low));
  const from = lowest > 0.55 ? Math.floor(lowest * 10 - 0.3) / 10 : 0;
  const height = rows.length * ROW_PX + AXIS_PX;
  const x = linearScale([from * 100, 100], [NAME_PX, Math.max(NAME_PX + 80, width - FIGURE_PX)]);
  const cut = from > 0 ? ` (axis begins at ${Math.round(from * 100)})` : '';
  return (
    <ChartFigure
      caption={caption}
      headings={['', 'Value, %', '95 % interval']}
      table={rows.map(({ name, estimate }) => [name, percent(estimate.value), interval(estimate)])}
    >
      <div ref={ref}>
        {width > 0 && (
          <svg
            className={classes.svg}
            width={width}
            height={height}
            role="img"
            aria-label={caption}
          >
            {ticks(x.domain).map((value) => (
              <g key={value} aria-hidden>
                <line
                  className={classes.grid}
                  x1={x(value)}
                  x2={x(value)}
                  y1={0}
                  y2={height - AXIS_PX}
                />
                <text x={x(value)} y={height - AXIS_PX + 16} textAnchor="middle">
                  {value}
                </text>
              </g>
            ))}
            <text x={(NAME_PX + width - FIGURE_PX) / 2} y={height - 4} textAnchor="middle">
              {title}, %{cut}
            </text>
            {rows.map((row, index) => (
              <Row key={row.name} row={row} y={index * ROW_PX + ROW_PX / 2} x={x} />
            ))}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}

const BAND_PX = 16;

function Row({
  row: { name, role, estimate },
  x,
  y,
}: {
  readonly row: Whisker;
  readonly x: (value: number) => number;
  readonly y: number;
}) {
  const [low, at, high] = [estimate.low, estimate.value, estimate.high].map((share) =>
    x(share * 100),
  ) as [number, number, number];
  return (
    <g data-role={role}>
      <text className={classes.name} x={0} y={y} dominantBaseline="middle">
        {name}
      </text>
      <rect
        className={classes.band}
        x={low}
        width={high - low}
        y={y - BAND_PX / 2}
        height={BAND_PX}
        rx={2}
      />
      {[low, high].map((end) => (
        <line
          key={end}
          className={classes.whisker}
          x1={end}
          x2={end}
          y1={y - BAND_PX / 2}
          y2={y + BAND_PX / 2}
        />
      ))}
      {role === 'teacher' ? (
        <polygon
          className={classes.dot}
          points={`${at},${y - 5} ${at + 5},${y + 4} ${at - 5},${y + 4}`}
        />
      ) : (
        <circle className={classes.dot} cx={at} cy={y} r={3.5} />
      )}
      <text className={classes.label} x={high + 10} y={y} dominantBaseline="middle">
        {percent(estimate.value)}
      </text>
    </g>
  );
}
