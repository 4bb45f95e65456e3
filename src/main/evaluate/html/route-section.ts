import { figure } from './chart.ts';
import { type Markup, markup } from './markup.ts';
import { dollars, percent } from './numbers.ts';
import type { RouteFacts } from './report-data.ts';
import { riskChart } from './risk-chart.ts';

/** What the student may answer alone, at which bound, and what that saves. */
export function routeSection(facts: RouteFacts): Markup {
  const points = facts.riskCoverage.filter(
    (_, i, all) => i % Math.ceil(all.length / 20) === 0 || i === all.length - 1,
  );
  return markup`<section><h2>What may it answer alone?</h2>
<p class="question">${facts.threshold === null ? 'Nothing yet.' : `${percent(facts.coverage)} of requests; the rest goes to a person or the teacher.`}</p>
<div class="callout"><p>${facts.words}</p></div>
${facts.warnings.map((warning) => markup`<p class="note">${warning}</p>`)}
${figure(
  riskChart(facts),
  facts.threshold === null
    ? `On ${facts.calibrationRows} calibration records. No point of the curve can be promised to stay below the dashed line.`
    : `On ${facts.calibrationRows} calibration records, which did not train the student. The dot is the error seen at the threshold (${facts.errors} wrong of ${facts.accepted}); the bar above it, at ${percent(facts.errorUpperBound, 2)}, is the bound, corrected for having tried many thresholds.`,
  markup`<table><thead><tr><th class="number">Answered</th><th class="number">Threshold</th><th class="number">Wrong among them</th></tr></thead><tbody>${points.map((point) => markup`<tr><td class="number">${percent(point.coverage)}</td><td class="number">${point.threshold.toFixed(3)}</td><td class="number">${percent(point.risk, 2)}</td></tr>`)}</tbody></table>`,
)}
<p>Saved per 1,000 requests: <strong>${dollars(facts.savings.usdPer1000)}</strong>. <span class="dim">${facts.savings.formula}</span></p></section>`;
}
