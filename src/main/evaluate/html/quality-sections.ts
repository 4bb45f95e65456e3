import type { EvaluationReport, WorstError } from '../../../shared/contract/evaluate.ts';
import { type Estimate, type Metrics, wholeMetric } from '../../../shared/domain/metrics.ts';
import { metrics as registry } from '../metrics/index.ts';
import { figure } from './chart.ts';
import { confusionTable } from './confusion-table.ts';
import { type Markup, markup } from './markup.ts';
import {
  bytes,
  count,
  dollars,
  milliseconds,
  percent,
  percentInterval,
  plural,
  points,
} from './numbers.ts';
import { type Answerer, qualityChart } from './quality-chart.ts';
import { reliabilityChart } from './reliability-chart.ts';

/** The figure that decides, by kind of task. */
export function headline(metrics: Metrics): { id: string; title: string; estimate: Estimate } {
  const id =
    ['accuracy', 'replyRight', 'fieldF1', 'exactMatch'].find((known) => metrics[known]) ??
    'exactMatch';
  return {
    id,
    title: registry[id]!.title,
    estimate: metrics[id] ?? { value: Number.NaN, low: 0, high: 1 },
  };
}

/** How good the student is, beside all that it is measured against. */
export function qualitySection(report: EvaluationReport): Markup {
  const { id, title } = headline(report.metrics);
  const columns = columnsOf(report);
  const answerers: Answerer[] = columns.flatMap(({ name, kind, metrics }) =>
    metrics[id] ? [{ name, kind, accuracy: metrics[id] }] : [],
  );
  const drawn = worthDrawing(answerers);
  const left = answerers
    .filter((answerer) => !drawn.includes(answerer))
    .map(({ name, accuracy }) => ` ${name}: ${percent(accuracy.value)}, left of the chart.`);
  const chart = figure(
    qualityChart(drawn, title),
    `${title} on ${plural(report.n, `${report.split} record`)}. Marks are the shares measured, whiskers their 95 % intervals; where whiskers overlap widely, the difference may be chance.${left.join('')}`,
    markup`<table><thead><tr><th>Who</th><th class="number">${title}</th><th class="number">95 % interval</th></tr></thead><tbody>${answerers.map(({ name, accuracy }) => markup`<tr><th scope="row">${name}</th><td class="number">${percent(accuracy.value)}</td><td class="number">${percent(accuracy.low)} to ${percent(accuracy.high)}</td></tr>`)}</tbody></table>`,
  );
  return markup`<section><h2>How good is the student?</h2>
<p class="question">${title} ${percentInterval(report.metrics[id]!)} on ${plural(report.n, 'record')} that it never learnt from.</p>
${caution(report.warnings)}
${chart}
${teacherWords(report)}
${previousWords(report)}
<h3>All figures, with 95 % intervals</h3>${metricTable(report, columns)}
<p class="note">One text takes ${milliseconds(report.speed.p50Ms)} (median; 95 of 100 within ${milliseconds(report.speed.p95Ms)}), batches run at ${count(report.speed.batchPerSecond)} a second on this machine. The folder holds ${bytes(report.sizeBytes)}. Per 1,000 requests: student ${dollars(report.cost.studentUsdPer1000)}, teacher ${report.cost.teacherUsdPer1000 === null ? 'unknown (no settled price in this project)' : dollars(report.cost.teacherUsdPer1000)}. Look ${report.looks} at the ${report.split}; data version <code>${report.dataFingerprint.slice(0, 12)}</code>.</p></section>`;
}

/** Without baselines so far off that they would squeeze all that matters into a corner. */
function worthDrawing(answerers: readonly Answerer[]): Answerer[] {
  const best = Math.max(...answerers.map(({ accuracy }) => accuracy.value));
  return answerers.filter(
    ({ kind, accuracy }) => kind !== 'baseline' || accuracy.value > best - 0.4,
  );
}

interface Column {
  readonly name: string;
  readonly kind: Answerer['kind'];
  readonly metrics: Metrics;
}

function columnsOf({ metrics, teacher, baselines, teacherComparison }: EvaluationReport): Column[] {
  const scope = teacherComparison ? ` (on ${count(teacherComparison.n)})` : '';
  return [
    { name: 'Student', kind: 'student', metrics },
    ...(teacher ? [{ name: `Teacher${scope}`, kind: 'teacher' as const, metrics: teacher }] : []),
    ...(baselines.knn
      ? [{ name: 'Nearest neighbours', kind: 'baseline' as const, metrics: baselines.knn }]
      : []),
    ...(baselines.majority
      ? [{ name: 'Most frequent label', kind: 'baseline' as const, metrics: baselines.majority }]
      : []),
  ];
}

function metricTable({ metrics }: EvaluationReport, columns: readonly Column[]): Markup {
  const show = (id: string, estimate: Estimate | undefined) => {
    if (!estimate) return markup`<td class="number dim">–</td>`;
    const isShare = id !== 'nll' && id !== 'brier' && id !== 'ece' && id !== 'oosAuroc';
    const text = isShare ? percent(estimate.value) : estimate.value.toFixed(3);
    const range = isShare
      ? `${(estimate.low * 100).toFixed(1)}–${(estimate.high * 100).toFixed(1)}`
      : `${estimate.low.toFixed(3)}–${estimate.high.toFixed(3)}`;
    return markup`<td class="number">${text} <span class="range-cell">[${range}]</span></td>`;
  };
  return markup`<div class="scroll"><table><thead><tr><th>Figure</th>${columns.map(({ name }) => markup`<th class="number">${name}</th>`)}</tr></thead><tbody>${Object.keys(metrics).map((id) => markup`<tr${id === headline(metrics).id ? markup` class="own"` : undefined}><th scope="row" title="${registry[id]!.method}">${registry[id]!.title} ${registry[id]!.better === 'lower' && markup`<span class="dim">(lower is better)</span>`}</th>${columns.map((column) => show(id, column.metrics[id]))}</tr>`)}</tbody></table></div>`;
}

function teacherWords({ teacherComparison }: EvaluationReport): Markup {
  if (!teacherComparison)
    return markup`<p class="note">The teacher is not compared: it has answered none of these records, nor calibration records that a person answered.</p>`;
  const { difference, n, of, split, mcnemar } = teacherComparison;
  const verdict =
    difference.low > 0
      ? 'the student is better'
      : difference.high < 0
        ? 'the teacher is better'
        : 'no clear difference';
  return markup`<p>Student minus teacher on the same ${n === of ? '' : `${count(n)} of ${count(of)} `}${split} records: <strong>${points(difference.value)} points</strong> [${points(difference.low)} to ${points(difference.high)}], ${verdict}. Only the student was right on ${count(mcnemar.onlyFirst)}, only the teacher on ${count(mcnemar.onlySecond)} (McNemar's exact test, p = ${mcnemar.pValue.toPrecision(2)}).</p>`;
}

function previousWords({ previous }: EvaluationReport): Markup {
  if (!previous) return markup``;
  const { difference, mcnemar } = previous;
  return markup`<p>Against the student before (<code>${previous.studentId}</code>): ${points(difference.value)} points [${points(difference.low)} to ${points(difference.high)}], p = ${mcnemar.pValue.toPrecision(2)}.</p>`;
}

/** Warnings that stand before figures, never after. */
function caution(warnings: readonly string[]): Markup {
  if (warnings.length === 0) return markup``;
  return markup`<div class="callout caution"><p><strong>Read this first</strong></p><ul>${warnings.map((warning) => markup`<li>${warning}</li>`)}</ul></div>`;
}

/** Whether a stated confidence can be taken at its word. */
export function calibrationSection({ reliability, metrics }: EvaluationReport): Markup {
  const ece = metrics.ece;
  return markup`<section><h2>Can its confidence be believed?</h2>
<p class="question">${ece ? `On average confidence and truth are ${(ece.value * 100).toFixed(1)} points apart [${(ece.low * 100).toFixed(1)} to ${(ece.high * 100).toFixed(1)}].` : ''}</p>
${figure(
  reliabilityChart(reliability),
  `On the dashed line, 80 % confidence means right in 80 of 100 cases; below it the student is too sure. ${reliability.length} bins of equal size, whiskers are 95 % intervals.`,
  markup`<table><thead><tr><th class="number">Confidence</th><th class="number">Right</th><th class="number">Records</th></tr></thead><tbody>${reliability.map((bin) => markup`<tr><td class="number">${percent(bin.confidence)}</td><td class="number">${percent(bin.accuracy)}</td><td class="number">${count(bin.n)}</td></tr>`)}</tbody></table>`,
)}</section>`;
}

const MOST_ERRORS = 12;
const MOST_SLICES = 16;

/** Where it goes wrong: labels taken for one another, weak parts of the data, the surest mistakes. */
export function errorSection(report: EvaluationReport): Markup {
  const errors = report.worstErrors.slice(0, MOST_ERRORS);
  // Labels are the task's; any other answer says what stands in the text.
  const isLabel = report.metrics.accuracy !== undefined;
  const mistaken = report.confusion.filter((pair) => pair.given !== pair.answered);
  return markup`<section><h2>Where does it go wrong?</h2>
<p class="question">${mistaken.length > 0 ? `Most often “${mistaken[0]!.given}” is answered as “${mistaken[0]!.answered}” (${count(mistaken[0]!.n)} times).` : 'No label is taken for another.'}</p>
${report.confusion.length > 0 && confusionPart(report)}
${slicePart(report)}
${
  errors.length > 0 &&
  markup`<h3>The surest mistakes</h3><div class="scroll"><table><thead><tr><th>Record</th><th>Text</th><th>Right</th><th>Answered</th><th class="number">Confidence</th></tr></thead><tbody>${errors.map((error) => markup`<tr><td class="path">${error.id}</td><td class="quote">${error.consent === 'permitted' ? error.text : markup`<span class="dim">${error.consent} record: its text stays in the project</span>`}</td><td>${shown(error, error.gold, isLabel)}</td><td>${shown(error, error.predicted, isLabel)}${error.missing && error.missing.length > 0 && markup` <span class="dim">not found in the text: ${error.missing.join(', ')}</span>`}</td><td class="number">${percent(error.confidence)}</td></tr>`)}</tbody></table></div>`
}</section>`;
}

function shown({ consent }: WorstError, answer: string, isLabel: boolean): Markup {
  return isLabel || consent === 'permitted'
    ? markup`${answer}`
    : markup`<span class="dim">–</span>`;
}

function confusionPart({ confusion }: EvaluationReport): Markup {
  const { table, shown, labels } = confusionTable(confusion);
  const note = shown < labels ? `The ${shown} labels of ${labels} that are confused most. ` : '';
  return markup`<h3>Confusion</h3><div class="scroll">${table}</div><p class="note">${note}Rows are the right labels, columns the answers; teal is right, amber wrong, stronger a larger share of its row.</p>`;
}

function slicePart({ slices, metrics }: EvaluationReport): Markup {
  const overall = metrics[wholeMetric(metrics)]?.value ?? 0;
  const weak = slices
    .filter((slice) => slice.by !== 'label' || slice.accuracy.high < overall)
    .sort((a, b) => a.by.localeCompare(b.by) || a.accuracy.value - b.accuracy.value)
    .slice(0, MOST_SLICES);
  if (weak.length === 0) return markup``;
  return markup`<h3>Parts of the data</h3><div class="scroll"><table><thead><tr><th>By</th><th>Part</th><th class="number">Records</th><th class="number">Right</th><th class="number">95 % interval</th></tr></thead><tbody>${weak.map(
    ({ by, name, n, accuracy, isSmall }) =>
      markup`<tr><td class="dim">${by}</td><th scope="row">${name}</th><td class="number">${count(n)}</td>${isSmall ? markup`<td class="number dim" colspan="2">too few to say</td>` : markup`<td class="number">${percent(accuracy.value)}</td><td class="number">${percent(accuracy.low)} to ${percent(accuracy.high)}</td>`}</tr>`,
  )}</tbody></table></div><p class="note">Of the labels, only those whose whole interval lies below the student's overall share.</p>`;
}
