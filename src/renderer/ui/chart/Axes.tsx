import classes from './Chart.module.css';
import { type Scale, ticks } from './scale.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Grid, ticks and titles with their units. */
export function Axes({
  frame,
  x,
  y,
  xTitle,
  yTitle,
  isXWhole = false,
}: {
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Epochs are counted: none is a half. */
  readonly isXWhole?: boolean | undefined;
}) {
  const { width, height, left, right, top, bottom } = frame;
  const floor = height - bottom;
  return (
    <g aria-hidden>
      {ticks(y.domain).map((value) => (
        <g key={value}>
          <line className={classes.grid} x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
          <text x={left - 8} y={y(value)} textAnchor="end" dominantBaseline="middle">
            {value}
          </text>
        </g>
      ))}
      {ticks(x.domain, { isWhole: isXWhole }).map((value) => (
        <text key={value} x={x(value)} y={floor + 16} textAnchor="middle">
          {value}
        </text>
      ))}
      <line className={classes.axis} x1={left} x2={width - right} y1={floor} y2={floor} />
      <text x={(left + width - right) / 2} y={height - 4} textAnchor="middle">
        {xTitle}
      </text>
      <text x={left} y={top - 10}>
        {yTitle}
      </text>
    </g>
  );
}
