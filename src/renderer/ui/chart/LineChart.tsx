import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useState } from 'react';
import { Axes } from './Axes.tsx';
import classes from './Chart.module.css';
import { ChartFigure } from './ChartFigure.tsx';
import { Intervals } from './Intervals.tsx';
import type { Point } from './point.ts';
import { linearScale } from './scale.ts';

export type Role = 'student' | 'teacher' | 'baseline' | 'limit';

export interface Series {
  readonly name: string;
  readonly role: Role;
  readonly points: readonly Point[];
  /** The interval of each point: whiskers at dots, else a band. */
  readonly intervals?: readonly (Point | undefined)[];
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
  readonly isXWhole?: boolean;
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
  const hasIntervals = series.some(({ intervals }) => intervals?.some(Boolean));
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
  const readInterval = cursor === null ? undefined : series[0]?.intervals?.[cursor];

  return (
    <ChartFigure
      caption={caption}
      headings={['Line', xTitle, yTitle, ...(hasIntervals ? ['95 % interval'] : [])]}
      table={series.flatMap(({ name, points: own, intervals }) =>
        own.map(([px, py], i) => [
          name,
          String(round(px)),
          String(round(py)),
          ...(hasIntervals ? [ends(intervals?.[i])] : []),
        ]),
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
            <Axes
              frame={frame}
              x={x}
              y={y}
              xTitle={xTitle}
              yTitle={yTitle}
              isXWhole={props.isXWhole}
            />
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
              <Line key={one.name} series={one} x={x} y={y} yDomain={yDomain} />
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
            {readInterval && ` [${ends(readInterval)}]`}
          </output>
        )}
      </div>
    </ChartFigure>
  );
}

const round = (value: number) => Number(value.toPrecision(4));
const ends = (interval: Point | undefined) =>
  interval ? interval.map((end) => end.toFixed(1)).join('–') : '';

function Line({
  series: { name, role, points, intervals, hasDots, isUnlabelled },
  x,
  y,
  yDomain,
}: {
  readonly series: Series;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly yDomain: Point;
}) {
  const last = points.at(-1);
  return (
    <g data-role={role}>
      {intervals && (
        <Intervals
          points={points}
          intervals={intervals}
          isBand={!hasDots}
          x={x}
          // An end beyond the axis is drawn at its edge.
          y={(value) => y(Math.max(yDomain[0], Math.min(yDomain[1], value)))}
        />
      )}
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
