import type { CustomSeriesRenderItem } from 'echarts';
import type { Estimate } from '../../../shared/domain/metrics.ts';
import { axis, ink, renderChart } from './chart.ts';
import type { Markup } from './markup.ts';
import { percent, percentInterval } from './numbers.ts';

export interface Answerer {
  readonly name: string;
  readonly kind: 'student' | 'teacher' | 'baseline';
  readonly accuracy: Estimate;
}

const ROW_HEIGHT = 46;
const colours = { student: ink.student, teacher: ink.outside, baseline: ink.dim } as const;
const dashes = { student: undefined, teacher: [6, 4], baseline: [2, 4] } as const;

/** One row each: a mark at the accuracy, a whisker over its 95 % interval, the figure beside it. */
export function qualityChart(answerers: readonly Answerer[], axisName: string): Markup {
  const rows = [...answerers].reverse();
  const lowest = Math.min(...rows.map(({ accuracy }) => accuracy.low));
  const from = lowest > 0.55 ? Math.floor(lowest * 10 - 0.3) / 10 : 0;
  const drawRow: CustomSeriesRenderItem = (params, api) => {
    const { kind, accuracy } = rows[params.dataIndex]!;
    const at = (value: number): [number, number] => {
      const [x, y] = api.coord([value * 100, params.dataIndex]);
      return [x!, y!];
    };
    const [low, y] = at(accuracy.low);
    const [high] = at(accuracy.high);
    const [x] = at(accuracy.value);
    const colour = colours[kind];
    const stroke = { stroke: colour, lineWidth: 2 };
    const cap = (end: number) => ({
      type: 'line' as const,
      shape: { x1: end, y1: y - 6, x2: end, y2: y + 6 },
      style: stroke,
    });
    return {
      type: 'group',
      children: [
        {
          type: 'line',
          shape: { x1: low, y1: y, x2: high, y2: y },
          style: dashes[kind] ? { ...stroke, lineDash: [...dashes[kind]] } : stroke,
        },
        cap(low),
        cap(high),
        kind === 'teacher'
          ? {
              type: 'polygon',
              shape: {
                points: [
                  [x, y - 7],
                  [x + 7, y + 6],
                  [x - 7, y + 6],
                ],
              },
              style: { fill: colour },
            }
          : {
              type: 'circle',
              shape: { cx: x, cy: y, r: 6 },
              style:
                kind === 'student'
                  ? { fill: colour }
                  : { fill: ink.ground, stroke: colour, lineWidth: 2 },
            },
        {
          type: 'text',
          style: {
            text: percent(accuracy.value),
            x: high + 12,
            y,
            fill: colour,
            fontSize: 14,
            fontWeight: kind === 'student' ? 'bold' : 'normal',
            verticalAlign: 'middle',
          },
        },
      ],
    };
  };
  const label = `${axisName}: ${answerers.map(({ name, accuracy }) => `${name} ${percentInterval(accuracy)}`).join('; ')}`;
  return renderChart(
    {
      grid: { left: 178, right: 84, top: 8, bottom: 52 },
      xAxis: axis(
        `${axisName}, %${from > 0 ? ` (axis begins at ${Math.round(from * 100)})` : ''}`,
        {
          type: 'value',
          min: from * 100,
          max: 100,
          nameGap: 34,
        },
      ),
      yAxis: {
        type: 'category',
        data: rows.map(({ name }) => name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: ink.text, fontSize: 14, margin: 16 },
      },
      series: [{ type: 'custom', renderItem: drawRow, data: rows.map((_, i) => [0, i]) }],
    },
    { height: answerers.length * ROW_HEIGHT + 64 },
    label,
  );
}
