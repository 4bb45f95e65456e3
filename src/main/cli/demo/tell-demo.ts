import type { Estimate, Metrics } from '../../../shared/domain/metrics.ts';
import type { ReportData } from '../../evaluate/html/report-data.ts';

/** The demo's report as a person reads it on a terminal. */
export function tellDemo(data: ReportData, wallSeconds: number): string {
  const sections = [
    section('What stayed private', tellPrivacy(data)),
    section('What was sent', tellSent(data)),
    section('What the checks found', tellChecks(data)),
    section('How good the student is', tellQuality(data)),
    section('What it may answer alone', tellRoute(data)),
    section(
      'Where the files are',
      data.files.map(({ title, path }) => `${title.padEnd(12)} ${path}`),
    ),
  ];
  return [
    `${data.title}: the whole workflow in ${wallSeconds.toFixed(0)} s`,
    ...(data.notice ? ['', ...wrap(data.notice)] : []),
    ...sections.flat(),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function tellPrivacy({ privacy }: ReportData): string[] {
  if (!privacy) return [];
  return [
    `${privacy.private} of ${privacy.total} records are private: none was ever put into a request.`,
    `${privacy.permitted} were permitted; ${privacy.redacted} only with personal data replaced (found by machine, which can miss some).`,
  ];
}

function tellSent({ sent }: ReportData): string[] {
  if (!sent) return [];
  const lines = sent.destinations.map(
    ({ records, requests, bytes, host, isLoopback, model, costUsd }) =>
      `${records} records in ${requests} requests (${(bytes / 1e6).toFixed(2)} MB) to ${model} at ${host}${isLoopback ? ', a program on this computer' : ''}, for $${costUsd.toFixed(4)}.`,
  );
  const ledger = `Ledger: ${sent.ledgerEntries} entries, chain ${sent.isLedgerIntact ? 'intact' : 'BROKEN'}.`;
  return [...(lines.length > 0 ? lines : ['Nothing.']), ledger];
}

function tellChecks({ checks }: ReportData): string[] {
  if (!checks) return [];
  const marks = { pass: '✓', warn: '!', fail: '✗' };
  return [
    checks.findings.map(({ title, flagged }) => `${title.toLowerCase()}: ${flagged}`).join(', '),
    ...checks.gates.map(({ status, message }) => `${marks[status]} ${message}`),
  ];
}

function tellQuality({ evaluation }: ReportData): string[] {
  if (!evaluation) return [];
  const { metrics, baselines, teacher, teacherComparison } = evaluation;
  const rows: [string, Metrics | undefined][] = [
    [`Student, on ${evaluation.n} sealed records`, metrics],
    [
      teacherComparison ? `Teacher, on ${teacherComparison.n} reviewed records` : 'Teacher',
      teacher,
    ],
    ['Nearest neighbours', baselines.knn],
    ['Always the most frequent', baselines.majority],
  ];
  const lines = rows.flatMap(([name, values]) =>
    values?.accuracy ? [`${name.padEnd(36)} ${percentWithInterval(values.accuracy)}`] : [],
  );
  const oos = metrics.oosAuroc
    ? [`${'Tells no-answer messages (AUROC)'.padEnd(36)} ${metrics.oosAuroc.value.toFixed(3)}`]
    : [];
  return [
    ...lines,
    ...oos,
    `One answer takes ${evaluation.speed.p50Ms.toFixed(2)} ms; the student is ${(evaluation.sizeBytes / 1e6).toFixed(1)} MB.`,
    'Each figure with its 95 % interval; the holdout was looked at ' +
      (evaluation.looks === 1 ? 'once.' : `${evaluation.looks} times.`),
  ];
}

function tellRoute({ route }: ReportData): string[] {
  return route
    ? [
        ...wrap(route.words),
        `Saves $${route.savings.usdPer1000.toFixed(4)} per 1,000 requests.`,
        ...route.warnings.flatMap((warning) => wrap(`! ${warning}`)),
      ]
    : [];
}

function percentWithInterval({ value, low, high }: Estimate): string {
  const percent = (share: number) => (share * 100).toFixed(1);
  return `${percent(value)} %  [${percent(low)} to ${percent(high)}]`;
}

const WIDTH = 90;

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
