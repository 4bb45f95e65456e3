import type { EvaluationReport, evaluateMethods } from '../../../shared/contract/evaluate.ts';
import { AppError } from '../../../shared/errors.ts';
import { metrics } from '../../evaluate/metrics/index.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { evaluateStudent } from '../evaluate-student.ts';
import type { Project } from '../project.ts';
import { collectReportData } from '../report-data.ts';
import type { HandlersOf } from '../session-context.ts';

export const evaluateHandlers: HandlersOf<typeof evaluateMethods> = {
  'evaluate.run': (context, options) =>
    context.startJob('evaluate', (project, work) => evaluateStudent(project, options, work), [
      'evaluation',
      'review',
    ]),
  'evaluate.latest'(context, { studentId, split }) {
    const project = context.project();
    const found = findReport(project, studentId, split);
    if (!found) return { evaluation: null };
    const { report, createdAtMs } = found;
    const titles = Object.entries(metrics).map(([id, { title }]) => [id, title]);
    return {
      evaluation: {
        report,
        createdAtMs,
        titles: Object.fromEntries(titles),
        isStale: project.store.summary.lastChangeMs() > createdAtMs,
      },
    };
  },
  'evaluate.compare'(context, { split }) {
    const project = context.project();
    return project.store.students
      .list()
      .reverse()
      .map(({ id, kind, createdAtMs, metrics: validation }) => {
        const report = findReport(project, id, split)?.report;
        return {
          studentId: id,
          kind,
          createdAtMs,
          validation,
          measured: report
            ? {
                metrics: report.metrics,
                n: report.n,
                sizeBytes: report.sizeBytes,
                p50Ms: report.speed.p50Ms,
              }
            : null,
        };
      });
  },
  async 'evaluate.save'(context, { path, studentId }) {
    const project = context.project();
    const found = findReport(project, studentId, undefined);
    if (!found)
      throw new AppError('evaluate.data', 'This student was not measured yet. Evaluate it first.');
    // Loaded when a report is wanted: its charts take 100 MB and a second.
    const { renderReport } = await import('../../evaluate/report-html.ts');
    writeFileAtomic(path, renderReport(collectReportData(project, { evaluation: found.report })));
    return { path };
  },
};

function findReport(
  { store }: Project,
  studentId: string | undefined,
  split: string | undefined,
): { report: EvaluationReport; createdAtMs: number } | undefined {
  const id = studentId ?? store.students.latest()?.id;
  const row = id === undefined ? undefined : store.evaluations.latest(id, split);
  // Written by `evaluate` as a report.
  return row && { report: JSON.parse(row.reportJson), createdAtMs: row.createdAtMs };
}
