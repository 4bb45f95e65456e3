import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Gate } from '../store/gates.ts';
import type { Store } from '../store/store.ts';
import type { Check, CheckContext, CurateTools, Score } from './check.ts';
import { checks } from './checks/index.ts';
import { MIN_RANKS, type SyntheticEvidence, syntheticCheck } from './checks/synthetic.ts';
import { judgeGates } from './gates.ts';

export interface CurateOptions {
  /** Ids of the checks to run; all when left out. */
  readonly checks?: readonly string[] | undefined;
  readonly seed: number;
}

export interface CurateResult {
  /** Flagged findings of each check that ran. */
  readonly findings: Readonly<Record<string, number>>;
  readonly gates: readonly Gate[];
}

/**
 * Runs checks, keeps every score with its flag, and judges the gates on all open findings. A check's findings take
 * the place of its old ones in one step; what people decided about them stays. Nothing is deleted.
 * @throws AppError `curate.unknown`, `app.cancelled` (checks that ended before keep their findings)
 */
export async function curate(
  store: Store,
  task: Task,
  { checks: wanted, seed }: CurateOptions,
  tools: CurateTools,
  work: Work,
): Promise<CurateResult> {
  const chosen = chooseChecks(wanted);
  const context: CheckContext = {
    task,
    examples: store.examples.list(),
    seed,
    tools,
    labelsBy: (author) => store.labels.byAuthor(author),
  };
  const findings: Record<string, number> = {};
  for (const check of chosen) {
    throwIfCancelled(work.signal);
    const scores = await check.run(context, {
      signal: work.signal,
      report: (progress) =>
        work.report({ ...progress, message: `${check.title}: ${progress.message}` }),
    });
    findings[check.id] = keepScores(store, check, scores);
  }
  return { findings, gates: refreshGates(store, task) };
}

/** Judges the gates anew on the findings as they are, and keeps them with the state of the data. */
export function refreshGates(store: Store, task: Task): Gate[] {
  const gates = judgeGates({
    task,
    examples: store.examples.list(),
    open: [...store.findings.each({ isFlagged: true })].filter(
      ({ resolution }) => resolution === null,
    ),
    realism: measureRealism(store),
    reviewed: store.reviews.exampleIds('approve', 'correct'),
  });
  store.transaction(() => store.gates.replaceAll(gates, store.fingerprint.ofData()));
  return gates;
}

/** The mean of a row's ranks among the real ones is the AUROC. Strategies of few rows have no figure. */
function measureRealism(store: Store): Map<string, number> {
  const ranks = new Map<string, number[]>();
  for (const { evidence } of store.findings.each({ checkId: syntheticCheck.id })) {
    // The check wrote it.
    const { strategy, rank } = evidence as SyntheticEvidence;
    const name = strategy ?? 'imported';
    const own = ranks.get(name);
    if (own) own.push(rank);
    else ranks.set(name, [rank]);
  }
  const enough = [...ranks].filter(([, all]) => all.length >= MIN_RANKS);
  return new Map(
    enough.map(([name, all]) => [name, all.reduce((sum, rank) => sum + rank, 0) / all.length]),
  );
}

function chooseChecks(wanted: readonly string[] | undefined): readonly Check[] {
  if (!wanted) return checks;
  return wanted.map((id) => {
    const check = checks.find((each) => each.id === id);
    if (!check)
      throw new AppError(
        'curate.unknown',
        `There is no check "${id}". There are: ${checks.map((each) => each.id).join(', ')}.`,
      );
    return check;
  });
}

function keepScores(store: Store, check: Check, scores: readonly Score[]): number {
  const findings = scores.map(({ exampleId, otherId, score, evidence }) => ({
    exampleId,
    otherId: otherId ?? null,
    score,
    isFlagged: score < check.threshold,
    evidence,
  }));
  store.transaction(() => store.findings.replace(check.id, findings));
  return findings.filter(({ isFlagged }) => isFlagged).length;
}
