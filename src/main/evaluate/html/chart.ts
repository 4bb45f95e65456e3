import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Markup, markup } from './markup.ts';

use([CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, SVGRenderer]);

/**
 * Colours that charts may use. ECharts wants fixed ones; in the finished SVG each becomes the page's own variable,
 * so that a chart follows light, dark and paper.
 */
export const ink = {
  text: '#1b2324',
  dim: '#566164',
  line: '#dfe4e5',
  strong: '#7d898b',
  student: '#0b7070',
  outside: '#1f5fbf',
  caution: '#8a5a00',
  ground: '#fffffe',
} as const;

export const font =
  'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif';

/** A chart as inline SVG without script. Units: width and height in px of its own scale; it fills its column. */
export function renderChart(
  option: EChartsCoreOption,
  { width = 800, height }: { width?: number; height: number },
  label: string,
): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: font, fontSize: 13 }, ...option });
  let svg = chart.renderToSVGString();
  chart.dispose();
  for (const [name, colour] of Object.entries(ink))
    svg = svg.replaceAll(new RegExp(`(["':; ])${colour}(["';])`, 'gi'), `$1var(--${name})$2`);
  const body = svg
    .replace(/<svg [^>]*>/, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\s*/, '')
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '');
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}" xmlns="http://www.w3.org/2000/svg">${{ html: body }}`;
}

/** A figure with its sentence and the same numbers as a table. */
export function figure(chart: Markup, caption: string, table: Markup): Markup {
  return markup`<figure><div class="scroll">${chart}</div><figcaption>${caption}</figcaption>
<details><summary>Show as table</summary><div class="scroll">${table}</div></details></figure>`;
}

/** Axis settings that all charts share. */
export function axis(name: string, extra: Record<string, unknown> = {}) {
  return {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: ink.dim, fontSize: 13 },
    axisLabel: { color: ink.dim, fontSize: 13 },
    axisLine: { show: true, lineStyle: { color: ink.strong } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.line } },
    ...extra,
  };
}
