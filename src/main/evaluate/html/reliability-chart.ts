import type { CustomSeriesRenderItem } from 'echarts';
import type { ReliabilityBin } from '../../../shared/contract/evaluate.ts';
import { wilson } from '../../lib/statistics/wilson.ts';
import { axis, ink, renderChart } from './chart.ts';
import type { Markup } from './markup.ts';

/** Share of right answers against confidence, bin by bin, beside the diagonal where both agree. */
export function reliabilityChart(bins: readonly ReliabilityBin[]): Markup {
  const intervals = bins.map((bin) => wilson(Math.round(bin.accuracy * bin.n), bin.n));
  const lowest = Math.min(...bins.map((bin) => bin.confidence), ...intervals.map(({ low }) => low));
  const from = Math.max(0, Math.floor(lowest * 10) * 10);
  const drawWhisker: CustomSeriesRenderItem = (params, api) => {
    const { low, high } = intervals[params.dataIndex]!;
    const confidence = bins[params.dataIndex]!.confidence * 100;
    const [x, bottom] = api.coord([confidence, low * 100]);
    const [, top] = api.coord([confidence, high * 100]);
    return {
      type: 'line',
      shape: { x1: x!, y1: bottom!, x2: x!, y2: top! },
      style: { stroke: ink.student, lineWidth: 1.5, opacity: 0.55 },
    };
  };
  const range = { type: 'value', min: from, max: 100 };
  return renderChart(
    {
      grid: { left: 72, right: 24, top: 16, bottom: 56 },
      xAxis: axis('Confidence, % (mean of the bin)', { ...range, nameGap: 34 }),
      yAxis: axis('Right answers, %', { ...range, nameGap: 48 }),
      series: [
        {
          type: 'line',
          data: [
            [from, from],
            [100, 100],
          ],
          symbol: 'none',
          lineStyle: { color: ink.strong, type: 'dashed', width: 1.5 },
        },
        { type: 'custom', renderItem: drawWhisker, data: bins.map((_, i) => [i]) },
        {
          type: 'line',
          data: bins.map((bin) => [bin.confidence * 100, bin.accuracy * 100]),
          symbol: 'circle',
          symbolSize: 10,
          lineStyle: { color: ink.student, width: 2 },
          itemStyle: { color: ink.student },
        },
      ],
    },
    { height: 420 },
    `Share of right answers against confidence in ${bins.length} bins`,
  );
}
