import { axis, ink, renderChart } from './chart.ts';
import type { Markup } from './markup.ts';
import { percent } from './numbers.ts';
import type { RouteFacts } from './report-data.ts';

/** Error among the answered against the share answered, with the target and the chosen threshold. */
export function riskChart({
  riskCoverage,
  threshold,
  coverage,
  accepted,
  errors,
  maxError,
  errorUpperBound,
}: RouteFacts): Markup {
  const highest = Math.max(maxError * 1.6, ...riskCoverage.map((point) => point.risk));
  const isChosen = threshold !== null && accepted > 0;
  const x = coverage * 100;
  return renderChart(
    {
      grid: { left: 72, right: 32, top: 28, bottom: 56 },
      xAxis: axis('Requests that the student answers alone, %', {
        type: 'value',
        min: 0,
        max: 100,
        nameGap: 34,
      }),
      yAxis: axis('Wrong among the answered, %', {
        type: 'value',
        min: 0,
        max: Math.ceil(highest * 50) * 2,
        nameGap: 48,
      }),
      series: [
        {
          type: 'line',
          data: riskCoverage.map((point) => [point.coverage * 100, point.risk * 100]),
          symbol: 'none',
          lineStyle: { color: ink.student, width: 2.5 },
          markLine: {
            symbol: 'none',
            silent: true,
            label: {
              formatter: `allowed: ${percent(maxError)}`,
              position: 'insideStartTop',
              color: ink.caution,
              fontSize: 13,
            },
            lineStyle: { color: ink.caution, type: 'dashed', width: 1.5 },
            data: [{ yAxis: maxError * 100 }],
          },
        },
        ...(isChosen
          ? [
              {
                type: 'line',
                data: [
                  [x, 0],
                  [x, errorUpperBound * 100],
                ],
                symbol: 'none',
                lineStyle: { color: ink.student, width: 1.5, type: 'dotted' },
              },
              {
                type: 'scatter',
                data: [
                  {
                    value: [x, (errors / accepted) * 100],
                    symbol: 'circle',
                    symbolSize: 13,
                    itemStyle: {
                      color: ink.student,
                      borderColor: ink.ground,
                      borderWidth: 2,
                      opacity: 1,
                    },
                  },
                  {
                    value: [x, errorUpperBound * 100],
                    symbol: 'rect',
                    symbolSize: [16, 3],
                    itemStyle: { color: ink.student, opacity: 1 },
                  },
                ],
                label: { show: false },
              },
              {
                type: 'scatter',
                data: [{ value: [x, 0] }],
                symbolSize: 0.1,
                label: {
                  show: true,
                  formatter: `threshold ${threshold.toFixed(threshold > 0.999 ? 6 : 3)}`,
                  position: x > 75 ? 'left' : 'right',
                  offset: [0, -14],
                  color: ink.student,
                  fontSize: 13,
                  fontWeight: 'bold',
                },
                itemStyle: { opacity: 1 },
              },
            ]
          : []),
      ],
    },
    { height: 400 },
    `Error among the answered requests against the share answered; target ${percent(maxError)}`,
  );
}
