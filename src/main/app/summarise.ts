import type { EvaluationReport } from '../../shared/contract/evaluate.ts';
import type { GateState, ProjectSummary } from '../../shared/contract/project.ts';
import { wholeMetric } from '../../shared/domain/metrics.ts';
import { parseRouter, type Router } from '../../shared/domain/router.ts';
import { percent } from '../lib/percent.ts';
import type { Counts } from '../store/summary.ts';
import type { Project } from './project.ts';
import type { SessionContext } from './session-context.ts';

/** How the open project stands. */
export function summarise(context: SessionContext): ProjectSummary {
  const project = context.project();
  const { store, task, path, filesFolder } = project;
  const counts = countsOf(context);
  const evaluation = latestEvaluation(project);
  const router = latestRouter(project);
  const figures = evaluation?.metrics ?? {};
  const own = figures[wholeMetric(figures)];
  return {
    path,
    name: task.name,
    task,
    isReadOnly: store.isReadOnly,
    isEncrypted: context.isEncrypted,
    isSample: store.project.isSample(),
    filesFolder,
    ...counts,
    openFindings: sum(Object.values(store.findings.openCounts())),
    interruptedJobs: store.jobs.list().filter(({ state }) => state === 'interrupted').length,
    left: store.summary.left(new Date().setHours(0, 0, 0, 0)),
    gates: judge(project, counts, evaluation, router),
    students: store.students.list().length,
    exports: store.exports.list().length,
    accuracy: own && evaluation ? { ...own, n: evaluation.n } : null,
    coverage: router
      ? {
          value: router.coverage,
          maxError: router.maxError,
          confidence: router.goldAuthor === 'human' ? router.confidence : null,
        }
      : null,
    undo: store.isReadOnly ? null : (store.operations.last()?.name ?? null),
    redo: store.isReadOnly ? null : (store.operations.next()?.name ?? null),
  };
}

/** Counting a million rows takes a while, so it is done again only when something was written. */
function countsOf({ project, loaded }: SessionContext): Counts {
  const { store } = project();
  const version = store.summary.version();
  if (loaded.counts?.version === version) return loaded.counts.value;
  const value = store.summary.counts();
  loaded.counts = { version, value };
  return value;
}

/** Of the newest student, on the holdout. */
export function latestEvaluation({ store }: Project): EvaluationReport | undefined {
  const student = store.students.latest();
  const row = student && store.evaluations.latest(student.id, 'holdout');
  // Written by `evaluate` as a report.
  return row && (JSON.parse(row.reportJson) as EvaluationReport);
}

function latestRouter({ store }: Project): Router | undefined {
  const student = store.students.latest();
  const row = student && store.routes.latest(student.id);
  return row && parseRouter(row.policy);
}

/** The six gates of the window, from what the checks, the seal, the evaluation and the route say. */
function judge(
  { store }: Project,
  counts: Counts,
  evaluation: EvaluationReport | undefined,
  router: Router | undefined,
): GateState[] {
  const stored = store.gates.list();
  const isStale = stored.length > 0 && store.summary.lastChangeMs() > stored[0]!.atMs;
  const quality = stored.filter(({ id }) => id !== 'contamination' && id !== 'holdout-reviewed');
  const contamination = stored.find(({ id }) => id === 'contamination');
  const permitted = counts.byConsent.permitted + counts.byConsent.redacted;
  const seal = store.seals.current();
  return [
    {
      id: 'consent',
      state: permitted > 0 ? 'passed' : 'not-yet',
      message:
        permitted > 0
          ? `${whole.format(permitted)} records may be sent; ${whole.format(counts.byConsent.private)} stay here.`
          : 'No record may be sent yet.',
    },
    fromQuality(quality, isStale),
    {
      id: 'sealed',
      state: seal ? 'passed' : 'not-yet',
      message: seal
        ? `${whole.format(counts.bySplit.holdout)} holdout records are sealed.`
        : counts.bySplit.holdout > 0
          ? `${whole.format(counts.bySplit.holdout)} holdout records are not sealed yet.`
          : 'There is no holdout yet.',
    },
    {
      id: 'contamination',
      state: contamination ? stateOf(contamination.status, isStale) : 'not-yet',
      message: contamination?.message ?? 'Not checked yet.',
    },
    fromEvaluation(evaluation, store.students.list().length > 0),
    fromRouter(router),
  ];
}

const whole = new Intl.NumberFormat('en-GB');

const states = { pass: 'passed', warn: 'warned', fail: 'failed' } as const;

function stateOf(status: keyof typeof states, isStale: boolean): GateState['state'] {
  return isStale ? 'stale' : states[status];
}

function fromQuality(
  gates: readonly { readonly status: keyof typeof states; readonly message: string }[],
  isStale: boolean,
): GateState {
  const worst =
    gates.find(({ status }) => status === 'fail') ?? gates.find(({ status }) => status === 'warn');
  if (gates.length === 0) return { id: 'quality', state: 'not-yet', message: 'Not checked yet.' };
  return {
    id: 'quality',
    state: stateOf(worst?.status ?? 'pass', isStale),
    message: isStale
      ? 'The data have changed since they were checked.'
      : (worst?.message ?? 'Every quality gate passes.'),
  };
}

function fromEvaluation(report: EvaluationReport | undefined, hasStudent: boolean): GateState {
  const id = 'evaluation';
  if (!report)
    return {
      id,
      state: 'not-yet',
      message: hasStudent ? 'The newest student was not measured yet.' : 'There is no student yet.',
    };
  const own = report.metrics[wholeMetric(report.metrics)];
  const beside = report.baselines.knn ?? report.baselines.majority ?? {};
  const baseline = beside[wholeMetric(beside)];
  if (!own || !baseline || own.low > baseline.value)
    return {
      id,
      state: report.sealed ? 'passed' : 'warned',
      message: report.sealed
        ? `Measured on ${whole.format(report.n)} sealed records.`
        : 'Measured on a holdout that was not sealed.',
    };
  return {
    id,
    state: 'failed',
    message: `The student's lower bound (${percent(own.low)}) is not above the baseline (${percent(baseline.value)}).`,
  };
}

function fromRouter(router: Router | undefined): GateState {
  const id = 'guarantee';
  if (!router) return { id, state: 'not-yet', message: 'No threshold was chosen yet.' };
  if (router.threshold === null)
    return {
      id,
      state: 'failed',
      message: `${percent(router.maxError)} wrong answers at most cannot be promised.`,
    };
  return {
    id,
    state: router.goldAuthor === 'human' ? 'passed' : 'warned',
    message:
      router.goldAuthor === 'human'
        ? `At most ${percent(router.maxError)} of its answers are wrong, with ${percent(router.confidence)} confidence.`
        : 'Judged by answers that no person has checked: an estimate, not a promise.',
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
