import { create } from 'zustand';
import { CallError, call } from '../../lib/bridge.ts';
import { bytes, count, counted, percent } from '../../lib/format.ts';
import { runJob } from '../../lib/run-job.ts';
import { useUi } from '../../lib/ui-store.ts';

interface Run {
  /** The project that it ran in; shown in no other. */
  readonly path: string | null;
  readonly state: 'idle' | 'running' | 'stopped' | 'failed' | 'done';
  /** The stage at work, or the one after the last. */
  readonly stage: number;
  /** What each stage came to, by its number. */
  readonly words: Readonly<Record<number, string>>;
  readonly error: Error | null;
  readonly reportPath: string | null;
}

const fresh: Run = {
  path: null,
  state: 'idle',
  stage: 1,
  words: {},
  error: null,
  reportPath: null,
};

/** The sample's way through all nine stages, as far as it has come. */
export const useRunItAll = create<Run>(() => fresh);

const MAX_ERROR = 0.05;
const TYPOS = 20;
const SEED = 7;
/** Of a small frontier model, so that the savings have a price to compare with. */
const PRICE = { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 };

/** One stage of the sample: the same calls that its screen makes. It answers with what came of it. */
type Stage = (files: string) => Promise<string>;

async function collect(): Promise<string> {
  const { examples, byConsent } = await call('project.summary', {});
  return `${counted(examples, 'record')}, ${count(byConsent.permitted + byConsent.redacted)} may leave`;
}

async function teach(): Promise<string> {
  const { baseUrl, model } = await call('teach.recorded', { action: 'start' });
  const { accepted, bytes: size } = await runJob('teach', 'teach.run', {
    ...(baseUrl ? { baseUrl } : {}),
    model,
    filter: 'status = new',
    maxCostUsd: 2,
    price: PRICE,
  });
  await call('teach.recorded', { action: 'stop' });
  return `${counted(accepted, 'answer')} from the recorded teacher, ${bytes(size)} to this computer's own program`;
}

async function curate(): Promise<string> {
  const { findings } = await runJob('curate', 'curate.run', {});
  const found = Object.values(findings).reduce((sum, n) => sum + n, 0);
  return `${counted(found, 'finding')}, ${count(findings['label-error'] ?? 0)} of them doubtful labels`;
}

async function augment(): Promise<string> {
  const quotas = [{ strategy: 'typos', count: TYPOS }];
  const { accepted } = await runJob('augment', 'augment.run', { quotas });
  return `${counted(accepted, 'draft')} with typing errors wait for you`;
}

async function review(): Promise<string> {
  const { decided } = await call('review.recorded', { count: 400 });
  await call('review.decideWhere', {
    filter: 'flag = contamination and split in (train, unassigned) and status != rejected',
    verdict: 'reject',
    reviewer: 'came with the sample',
    includesHighStakes: true,
  });
  await runJob('split', 'review.split', { holdout: 0, calibration: 0, seed: SEED });
  const { rows } = await runJob('seal', 'review.seal', {});
  return `${counted(decided, 'decision')} came with the sample; ${count(rows)} holdout records sealed`;
}

async function train(): Promise<string> {
  const { rows } = await runJob('train', 'train.run', { student: 'linear', seed: SEED });
  return `a quick student from ${counted(rows, 'record')}`;
}

async function evaluate(): Promise<string> {
  // What was set aside and split since: the gates are to speak of the data as it is now.
  await runJob('curate', 'curate.run', { checks: ['contamination'] });
  const { metrics, n } = await runJob('evaluate', 'evaluate.run', {});
  const { accuracy } = metrics;
  return accuracy
    ? `${percent(accuracy.value)} right on ${count(n)} sealed records`
    : `measured on ${count(n)} sealed records`;
}

async function route(): Promise<string> {
  const { coverage } = await runJob('route', 'route.run', { maxError: MAX_ERROR });
  return `answers ${percent(coverage, 0)} alone, at most ${percent(MAX_ERROR, 0)} of them wrong`;
}

async function hand(files: string): Promise<string> {
  const reportPath = `${files}/report.html`;
  await call('evaluate.save', { path: reportPath });
  useRunItAll.setState({ reportPath });
  const folder = `${files}/handed-on-${Date.now()}`;
  const outcome = await runJob('export', 'export.run', { format: 'student', folder });
  return `the student as ${counted(outcome.files.length, 'file')}, with its card and a report`;
}

const stages: readonly Stage[] = [
  collect,
  teach,
  curate,
  augment,
  review,
  train,
  evaluate,
  route,
  hand,
];

/** Takes the sample through every stage that is left; what is done stays done when it is stopped. */
export async function runItAll(path: string, filesFolder: string): Promise<void> {
  const before = useRunItAll.getState();
  const start = before.path === path ? before.stage : 1;
  useRunItAll.setState({
    ...(before.path === path ? before : fresh),
    path,
    state: 'running',
    error: null,
  });
  for (const [index, run] of stages.entries()) {
    const number = index + 1;
    if (number < start) continue;
    useRunItAll.setState({ stage: number });
    try {
      const words = await run(filesFolder);
      if (useUi.getState().projectPath !== path) return;
      useRunItAll.setState((now) => ({
        words: { ...now.words, [number]: words },
        stage: number + 1,
      }));
    } catch (error) {
      const isStopped = error instanceof CallError && error.code === 'app.cancelled';
      useRunItAll.setState({
        state: isStopped ? 'stopped' : 'failed',
        error: isStopped ? null : (error as Error),
      });
      return;
    }
    if (useRunItAll.getState().state === 'stopped') return;
  }
  useRunItAll.setState({ state: 'done' });
}

/** Ends after what is at work, which is cancelled where it can be. */
export function stopRun(): void {
  useRunItAll.setState({ state: 'stopped' });
  const job = useUi.getState().jobs.find(({ state }) => state === 'running');
  if (job) void call('jobs.cancel', { id: job.id });
}
