import { createHash } from 'node:crypto';
import type { Certificate } from '../../shared/contract/review.ts';
import { equals } from '../../shared/domain/filter.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { TaskKind } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { wilson } from '../lib/statistics/wilson.ts';
import type { Example } from '../store/examples.ts';
import type { Finding } from '../store/findings.ts';
import type { Store } from '../store/store.ts';

const SHOWN_NEAREST = 5;

/**
 * Seals the holdout: from now on triggers of the schema keep its rows and labels as they are. Needs the findings of
 * the contamination check.
 * @throws AppError `seal.refused` with the counts of what stands in the way and the remedy
 */
export function seal(store: Store): Certificate {
  const holdout = store.examples.list(equals('split', 'holdout'));
  const reviewed = store.reviews.exampleIds('approve', 'correct');
  const leaks = findLeaks(store, holdout);
  assertSealable(store, holdout, reviewed, leaks.flagged);

  const rows = new Set(holdout.map(({ id }) => id));
  const certificate: Certificate = {
    rows: holdout.length,
    sha256: hashRows(holdout),
    countsByLabel: countLabels(holdout, store.project.task().kind),
    reviewers: [
      ...new Set(
        store.reviews
          .list()
          .filter(({ exampleId }) => rows.has(exampleId))
          .map(({ reviewer }) => reviewer),
      ),
    ].sort(),
    nearest: leaks.nearest,
    intervalAt90: wilson(Math.round(0.9 * holdout.length), holdout.length),
    sealedAt: new Date().toISOString(),
  };
  store.transaction(() =>
    store.seals.add({ ...certificate } as unknown as Json, certificate.sha256),
  );
  return certificate;
}

function findLeaks(store: Store, holdout: readonly Example[]) {
  const inside = new Set(holdout.map(({ id }) => id));
  const hasTrain = store.examples.count(equals('split', 'train')) > 0;
  const outside = new Map(
    store.examples
      .list(equals('split', hasTrain ? 'train' : 'unassigned'))
      .filter(({ status }) => status !== 'rejected')
      .map(({ id, externalId }) => [id, externalId]),
  );
  const across: Finding[] = [];
  for (const finding of store.findings.each({ checkId: 'contamination' }))
    if (finding.otherId !== null && inside.has(finding.otherId) && outside.has(finding.exampleId))
      across.push(finding);
  const flagged = new Set(
    across
      .filter(({ isFlagged, resolution }) => isFlagged && resolution === null)
      .map(({ exampleId }) => exampleId),
  );
  const nearest = across.slice(0, SHOWN_NEAREST).map(({ externalId, otherExternalId, score }) => ({
    id: externalId,
    holdout: otherExternalId ?? '',
    similarity: 1 - score,
  }));
  return { flagged, nearest };
}

function assertSealable(
  store: Store,
  holdout: readonly Example[],
  reviewed: ReadonlySet<number>,
  contaminated: ReadonlySet<number>,
): void {
  const refuse = (message: string, details: Record<string, number> = {}): never => {
    throw new AppError('seal.refused', `${message} Nothing was sealed.`, { details });
  };
  if (store.seals.current()) refuse('The holdout is sealed already.');
  if (holdout.length === 0)
    refuse(
      'There is no holdout. Review some records, then: stillroom split PROJECT --holdout 0.2 --calibration 0.1 --seed 1.',
    );
  const counts = {
    synthetic: holdout.filter(({ origin }) => origin === 'synthetic').length,
    notReviewed: holdout.filter(({ id, label }) => !reviewed.has(id) && label?.author !== 'human')
      .length,
    rejected: holdout.filter(({ status }) => status === 'rejected').length,
    invalid: holdout.filter(({ label }) => !label?.isValid).length,
    contaminated: contaminated.size,
  };
  const problems = [
    counts.synthetic > 0 &&
      `${counts.synthetic} holdout records are synthetic; import them without --split holdout`,
    counts.notReviewed > 0 &&
      `${counts.notReviewed} holdout records were not reviewed by a person; review them: stillroom review PROJECT next`,
    counts.rejected > 0 &&
      `${counts.rejected} holdout records were rejected; undo that or correct them`,
    counts.rejected === 0 &&
      counts.invalid > 0 &&
      `${counts.invalid} holdout records have no valid label; correct them: stillroom review PROJECT decide`,
    counts.contaminated > 0 &&
      `${counts.contaminated} training records repeat holdout records; set them aside: stillroom split PROJECT again keeps them out, or reject them: stillroom review PROJECT decide --where "flag=contamination and split=train" --verdict reject --reviewer NAME`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) refuse(`The holdout can't be sealed. ${problems.join('. ')}.`, counts);
}

function hashRows(rows: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { externalId, contentHash, label } of rows)
    hash.update(`${canonicalJson([externalId, contentHash, label?.output ?? null])}\n`);
  return hash.digest('hex');
}

/** Replies are no labels: they count together. */
function countLabels(rows: readonly Example[], kind: TaskKind): Record<string, number> {
  if (kind === 'rewrite') return { '(reply)': rows.length };
  const counts: Record<string, number> = {};
  for (const { label } of rows) {
    const output = label?.output ?? null;
    const name =
      typeof output === 'string' ? output : output === null ? '(no call)' : outputName(output);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** A tool call by its tool, any other object as one kind. */
function outputName(output: Json): string {
  const { name } = output as { readonly name?: Json };
  return typeof name === 'string' ? name : '(object)';
}
