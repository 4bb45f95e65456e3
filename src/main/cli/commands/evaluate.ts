import { z } from 'zod';
import type { EvaluationReport } from '../../../shared/contract/evaluate.ts';
import type { Estimate, Metrics } from '../../../shared/domain/metrics.ts';
import { evaluateStudent } from '../../app/evaluate-student.ts';
import { openProject } from '../../app/project.ts';
import { collectReportData } from '../../app/report-data.ts';
import { metrics as registry } from '../../evaluate/metrics/index.ts';
import { counted } from '../../lib/counted.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { defineCommand } from '../command.ts';

const SHOWN = 20;

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: 'Measure a student against baselines and the teacher, each figure with a 95 % interval',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    { flags: '--student <id>', description: 'which student; the newest when left out' },
    { flags: '--split <split>', description: 'holdout (default), calibration or train' },
    { flags: '--report <file>', description: 'also write the report as one HTML file' },
  ],
  examples: [
    'stillroom evaluate triage.stillroom',
    'stillroom evaluate triage.stillroom --report report.html',
  ],
  schema: z.object({
    student: z.string().optional(),
    split: z.enum(['holdout', 'calibration', 'train']).default('holdout'),
    report: z.string().optional(),
  }),
  async run({ args, options, passphrase, work }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const report = await evaluateStudent(
        project,
        { studentId: options.student, split: options.split },
        work,
      );
      if (options.report !== undefined) {
        const { renderReport } = await import('../../evaluate/report-html.ts');
        const page = renderReport(collectReportData(project, { evaluation: report }));
        writeFileAtomic(options.report, page);
      }
      return {
        value: {
          ...report,
          confusion: report.confusion
            .filter((pair) => pair.given !== pair.answered)
            .slice(0, SHOWN),
          worstErrors: report.worstErrors.slice(0, SHOWN),
          ...(options.report !== undefined && { report: options.report }),
        },
        text: tellReport(report, options.report),
      };
    } finally {
      project.close();
    }
  },
});

function tellReport(report: EvaluationReport, file: string | undefined): string {
  const { metrics, baselines, teacher, teacherComparison, looks, split, n, goldAuthor } = report;
  const columns: [string, Metrics | undefined][] = [
    ['student', metrics],
    [teacherComparison ? `teacher (on ${teacherComparison.n})` : 'teacher', teacher],
    ['nearest neighbours', baselines.knn],
    ['most frequent', baselines.majority],
  ];
  const shown = columns.filter((column): column is [string, Metrics] => column[1] !== undefined);
  const header = ['', ...shown.map(([name]) => name)];
  const rows = Object.keys(metrics).map((id) => [
    registry[id]!.title,
    ...shown.map(([, of]) => (of[id] ? tellEstimate(of[id]) : '–')),
  ]);
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i]!.length)));
  const table = [header, ...rows].map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  '),
  );
  return [
    `Student ${report.studentId} on ${counted(n, `${split} row`)} answered by ${goldAuthor === 'human' ? 'a person' : goldAuthor}, look ${looks}; 95 % intervals:`,
    ...table,
    ...(teacherComparison ? [tellDifference(teacherComparison)] : []),
    `One text takes ${report.speed.p50Ms.toFixed(2)} ms (p50), ${report.speed.p95Ms.toFixed(2)} ms (p95); ${Math.round(report.speed.batchPerSecond)} a second in batches; ${(report.sizeBytes / 1e6).toFixed(1)} MB.`,
    ...report.warnings.map((warning) => `! ${warning}`),
    ...(file === undefined ? [] : [`Report: ${file}`]),
  ].join('\n');
}

function tellEstimate({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function tellDifference({
  difference,
  n,
  of,
  split,
  mcnemar,
}: NonNullable<EvaluationReport['teacherComparison']>): string {
  const [value, low, high] = [difference.value, difference.low, difference.high].map((share) =>
    (share * 100).toFixed(1),
  );
  const isClear = difference.low > 0 || difference.high < 0;
  return `Student minus teacher, on ${n} of ${of} ${split} rows: ${value} points [${low} to ${high}]${isClear ? '' : ', no clear difference'} (McNemar p = ${mcnemar.pValue.toPrecision(2)}).`;
}
