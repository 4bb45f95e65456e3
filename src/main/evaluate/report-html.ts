import { icons } from './html/icons.ts';
import { type Markup, markup } from './html/markup.ts';
import { bytes, count, dollars, percent, plural } from './html/numbers.ts';
import { checkSection, privacySection, sentSection } from './html/privacy-sections.ts';
import {
  calibrationSection,
  errorSection,
  headline,
  qualitySection,
} from './html/quality-sections.ts';
import type { ReportData } from './html/report-data.ts';
import { routeSection } from './html/route-section.ts';
import { style } from './html/style.ts';

/** The report as one HTML page: nothing is fetched, no script runs, texts of private records are left out. */
export function renderReport(data: ReportData): string {
  const { evaluation, route } = data;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<title>${data.title} – Stillroom report</title>
<style>${{ html: style }}</style>
</head>
<body>
<header>
<p class="eyebrow">${icons.still} Stillroom report</p>
<h1>${data.title}</h1>
<ul class="facts"><li>${data.date}</li><li>Project ${data.project}</li>${evaluation && markup`<li>Student ${evaluation.studentId}</li>`}<li>Contains private text: no</li></ul>
${data.notice !== undefined && markup`<div class="callout"><p>${data.notice}</p></div>`}
${summary(data)}
</header>
<main>
${data.privacy && privacySection(data.privacy)}
${data.sent && sentSection(data.sent)}
${data.checks && checkSection(data.checks)}
${evaluation && qualitySection(evaluation)}
${evaluation && evaluation.reliability.length > 0 && calibrationSection(evaluation)}
${route && routeSection(route)}
${evaluation && errorSection(evaluation)}
${fileSection(data)}
</main>
<footer><p>Every interval is a 95 % interval. Figures come from records that the student never learnt from; the routing bound holds while new requests resemble the calibration records. This page loads nothing from anywhere.</p></footer>
</body>
</html>
`;
  return page.html;
}

/** The figures that answer most questions. */
function summary({ evaluation, route, sent, privacy }: ReportData): Markup {
  const quality = evaluation && headline(evaluation.metrics);
  const sum = (values: readonly number[] | undefined) =>
    (values ?? []).reduce((total, value) => total + value, 0);
  return markup`<dl class="figures">
${quality && markup`<div class="figure student"><dt>Student, ${quality.title.toLowerCase()}</dt><dd class="value">${percent(quality.estimate.value)}</dd><dd class="range">${percent(quality.estimate.low)} to ${percent(quality.estimate.high)}, ${plural(evaluation.n, 'record')}</dd></div>`}
${route && markup`<div class="figure student"><dt>Safe to answer alone</dt><dd class="value">${percent(route.coverage)}</dd><dd class="range">${route.threshold === null ? 'no threshold can be promised' : `at most ${percent(route.maxError)} of those wrong`}</dd></div>`}
${sent && markup`<div class="figure outside"><dt>Sent to a teacher</dt><dd class="value">${count(sum(sent.destinations.map((row) => row.records)))}</dd><dd class="range">${privacy ? `of ${plural(privacy.total, 'record')}, ` : ''}${bytes(sum(sent.destinations.map((row) => row.bytes)))}, ${dollars(sum(sent.destinations.map((row) => row.costUsd)))}</dd></div>`}
</dl>`;
}

function fileSection({ files, steps }: ReportData): Markup {
  if (files.length === 0) return markup``;
  return markup`<section><h2>Where the files are</h2>
<dl class="files">${files.map((file) => markup`<dt>${file.title}</dt><dd class="path">${file.path}</dd>`)}</dl>
${steps && steps.length > 0 && markup`<h3>How long it took</h3><div class="scroll"><table><thead><tr><th>Step</th><th class="number">Seconds</th></tr></thead><tbody>${steps.map((step) => markup`<tr><th scope="row">${step.name}</th><td class="number">${step.seconds.toFixed(1)}</td></tr>`)}<tr class="own"><th scope="row">Together</th><td class="number">${steps.reduce((total, step) => total + step.seconds, 0).toFixed(1)}</td></tr></tbody></table></div>`}</section>`;
}
