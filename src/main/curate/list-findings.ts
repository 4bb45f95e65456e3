import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import { checks } from './checks/index.ts';

/** A finding as it is handed out, with imported ids. */
export interface ListedFinding {
  readonly id: string | number;
  readonly other?: string | number;
  readonly check: string;
  /** In [0, 1], 0 worst. */
  readonly score: number;
  readonly flag: boolean;
  readonly resolution?: string;
  readonly evidence: Json;
}

/** The findings of one check or of all, worst first. @throws AppError `curate.unknown` */
export function* listFindings(
  store: Store,
  checkId: string | undefined,
  isOnlyOpen: boolean,
): Generator<ListedFinding> {
  if (checkId !== undefined && !checks.some(({ id }) => id === checkId))
    throw new AppError(
      'curate.unknown',
      `There is no check "${checkId}". There are: ${checks.map(({ id }) => id).join(', ')}.`,
    );
  for (const finding of store.findings.each({ checkId, isFlagged: isOnlyOpen || undefined })) {
    const { importedId, otherImportedId, resolution } = finding;
    if (isOnlyOpen && resolution !== null) continue;
    yield {
      id: importedId,
      ...(otherImportedId === null ? {} : { other: otherImportedId }),
      check: finding.checkId,
      score: finding.score,
      flag: finding.isFlagged,
      ...(resolution === null ? {} : { resolution }),
      evidence: finding.evidence,
    };
  }
}
