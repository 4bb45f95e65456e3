import type { curateMethods, FindingRecord } from '../../../shared/contract/curate.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Score } from '../../curate/check.ts';
import { checks } from '../../curate/checks/index.ts';
import { refreshGates } from '../../curate/curate.ts';
import type { Finding } from '../../store/findings.ts';
import type { Store } from '../../store/store.ts';
import { curateProject } from '../curate-project.ts';
import type { HandlersOf } from '../session-context.ts';

export const curateHandlers: HandlersOf<typeof curateMethods> = {
  'curate.run': (context, { checks: wanted, seed }) =>
    context.startJob(
      'curate',
      (project, work) => curateProject(project, { checks: wanted, seed }, work),
      ['findings', 'gates', 'review'],
    ),
  'curate.checks'(context) {
    const { store, task } = context.project();
    const statistics = store.findingPages.statistics();
    const own = checks.filter(({ taskKinds }) => taskKinds?.includes(task.kind) ?? true);
    return own.map(({ id, title, explanation, threshold }) => {
      const found = statistics.get(id);
      return {
        id,
        title,
        explanation,
        defaultThreshold: threshold,
        scored: found?.scored ?? null,
        open: found?.open ?? 0,
        resolved: found?.resolved ?? 0,
        histogram: found?.histogram ?? [],
      };
    });
  },
  'curate.findings'(context, { check, isOnlyOpen, after, limit }) {
    const { store } = context.project();
    const found = store.findingPages.page({
      checkId: known(check),
      isOnlyOpen,
      after: after === null ? null : readKey(after),
      limit,
    });
    const end = found.length === limit ? found.at(-1) : undefined;
    return {
      findings: found.map((finding) => toLine(store, finding)),
      next: end ? `${end.score} ${end.id}` : null,
    };
  },
  'curate.cut'(context, { check, threshold, isKept }) {
    const id = known(check);
    const { store, task } = isKept ? context.writable() : context.project();
    const flagged = store.findingPages.countBelow(id, threshold);
    if (isKept) {
      store.findingPages.setThreshold(id, threshold);
      refreshGates(store, task);
      context.changed('findings', 'gates', 'review', 'project');
    }
    return { flagged };
  },
  'curate.resolve'(context, { id, resolution }) {
    const { store } = context.writable();
    store.findingPages.resolve(id, resolution);
    context.changed('findings', 'review', 'project');
    return true;
  },
  'curate.gates'(context) {
    const { store } = context.project();
    const stored = store.gates.list();
    const atMs = stored[0]?.atMs ?? null;
    return {
      gates: stored.map(({ id, status, value, threshold, message }) => ({
        id,
        status,
        value,
        threshold,
        message,
      })),
      isStale: atMs !== null && store.summary.lastChangeMs() > atMs,
      atMs,
    };
  },
};

function known(check: string): string {
  if (checks.some(({ id }) => id === check)) return check;
  throw new AppError(
    'curate.unknown',
    `There is no check "${check}". There are: ${checks.map(({ id }) => id).join(', ')}.`,
  );
}

function readKey(after: string): [number, number] {
  const [score = Number.NaN, id = Number.NaN] = after.split(' ').map(Number);
  if (Number.isNaN(score) || Number.isNaN(id))
    throw new AppError('app.usage', 'That is no place in the list of findings.');
  return [score, id];
}

function toLine(store: Store, finding: Finding) {
  const { id, checkId: check, score, isFlagged, resolution, evidence } = finding;
  // A check of ours wrote it as `Score` says.
  const {
    suggested,
    probability,
    reasons = [],
    places = [],
  } = (evidence ?? {}) as Score['evidence'];
  return {
    id,
    check,
    score,
    isFlagged,
    resolution,
    record: toRecord(store, finding.exampleId),
    other: finding.otherId === null ? null : toRecord(store, finding.otherId),
    evidence,
    reasons,
    places,
    suggestion:
      suggested === undefined ? null : { output: suggested, probability: probability ?? 0 },
  };
}

function toRecord(store: Store, exampleId: number): FindingRecord {
  const { id, externalId, text, label, split, status } = store.examples.get(exampleId)!; // a foreign key
  return {
    key: id,
    externalId,
    text,
    label: label?.output ?? null,
    hasLabel: label !== undefined,
    split,
    status,
  };
}
