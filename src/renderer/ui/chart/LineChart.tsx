import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useState } from 'react';
import { Axes } from './Axes.tsx';
import classes from './Chart.module.css';
import { ChartFigure } from './ChartFigure.tsx';
import { linearScale } from './scale.ts';

export type Role = 'student' | 'teacher' | 'baseline' | 'limit';
export type Point = readonly [number, number];

export interface Series {
  readonly name: string;
  readonly role: Role;
  readonly points: readonly Point[];
  readonly hasDots?: boolean;
  /** Where its label stands: at its last point unless said otherwise. */
  readonly isUnlabelled?: boolean;
}

interface Props {
  readonly caption: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly Series[];
  readonly xDomain?: Point;
  readonly yDomain?: Point;
  /** A level line, such as what is allowed. */
  readonly level?: { readonly at: number; readonly label: string };
  /** A chosen place on the x axis, with its whisker from the value up to the bound. */
  readonly chosen?: {
    readonly x: number;
    readonly y: number;
    readonly high: number;
    readonly label: string;
  };
  readonly height?: number;
}

const HEIGHT_PX = 260;

/** Lines over a common axis; the arrow keys read its points out. */
export function LineChart(props: Props) {
  const { caption, xTitle, yTitle, series, level, chosen, height = HEIGHT_PX } = props;
  const { ref, width } = useElementSize();
  const [cursor, setCursor] = useState<number | null>(null);
  const points = series.flatMap((one) => one.points);
  const extent = (values: readonly number[]): Point => [Math.min(...values), Math.max(...values)];
  const frame = { width, height, left: 44, right: 16, top: 28, bottom: 40 };
  const xDomain = props.xDomain ?? extent(points.map(([x]) => x));
  const yDomain = props.yDomain ?? extent(points.map(([, y]) => y));
  const x = linearScale(xDomain, [frame.left, width - frame.right]);
  const y = linearScale(yDomain, [height - frame.bottom, frame.top]);

  const main = series[0]?.points ?? [];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setCursor(Math.max(0, Math.min(main.length - 1, (cursor ?? -step) + step)));
  };
  const read = cursor === null ? undefined : main[cursor];

  return (
    <ChartFigure
      caption={caption}
      headings={['Line', xTitle, yTitle]}
      table={series.flatMap(({ name, points: own }) =>
        own.map(([px, py]) => [name, String(round(px)), String(round(py))]),
      )}
    >
      <div className={classes.box} ref={ref}>
        {width > 0 && (
          <svg
            className={classes.svg}
            width={width}
            height={height}
            role="img"
            aria-label={caption}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the points
            tabIndex={0}
            onKeyDown={onKeyDown}
          >
            <Axes frame={frame} x={x} y={y} xTitle={xTitle} yTitle={yTitle} />
            {level && (
              <g data-role="limit">
                <line
                  className={classes.stroke}
                  x1={frame.left}
                  x2={width - frame.right}
                  y1={y(level.at)}
                  y2={y(level.at)}
                />
                <text className={classes.label} x={frame.left + 6} y={y(level.at) - 6}>
                  {level.label}
                </text>
              </g>
            )}
            {series.map((one) => (
              <Line key={one.name} series={one} x={x} y={y} />
            ))}
            {chosen && (
              <g data-role="student">
                <line
                  className={classes.whisker}
                  x1={x(chosen.x)}
                  x2={x(chosen.x)}
                  y1={y(chosen.y)}
                  y2={y(chosen.high)}
                />
                <line
                  className={classes.whisker}
                  x1={x(chosen.x) - 7}
                  x2={x(chosen.x) + 7}
                  y1={y(chosen.high)}
                  y2={y(chosen.high)}
                />
                <circle className={classes.dot} cx={x(chosen.x)} cy={y(chosen.y)} r={5} />
                <text
                  className={classes.label}
                  x={x(chosen.x) - 10}
                  y={Math.max(frame.top + 4, y(chosen.high) - 8)}
                  textAnchor="end"
                >
                  {chosen.label}
                </text>
              </g>
            )}
            {read && (
              <line
                className={classes.axis}
                x1={x(read[0])}
                x2={x(read[0])}
                y1={frame.top}
                y2={height - frame.bottom}
              />
            )}
          </svg>
        )}
        {read && (
          <output className={classes.reading}>
            {xTitle} {round(read[0])}, {yTitle} {round(read[1])}
          </output>
        )}
      </div>
    </ChartFigure>
  );
}

const round = (value: number) => Number(value.toPrecision(4));

function Line({
  series: { name, role, points, hasDots, isUnlabelled },
  x,
  y,
}: {
  readonly series: Series;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}) {
  const last = points.at(-1);
  return (
    <g data-role={role}>
      <polyline
        className={`${classes.series} ${classes.stroke}`}
        points={points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}
      />
      {hasDots &&
        points.map(([px, py]) => (
          <circle key={`${px}-${py}`} className={classes.dot} cx={x(px)} cy={y(py)} r={3} />
        ))}
      {last && !isUnlabelled && (
        <text className={classes.label} x={x(last[0]) - 4} y={y(last[1]) - 8} textAnchor="end">
          {name}
        </text>
      )}
    </g>
  );
}
