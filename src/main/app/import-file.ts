import type { Consent, Purpose } from '../../shared/domain/example.ts';
import { equals } from '../../shared/domain/filter.ts';
import { type ImportRequest, type ImportResult, importFile } from '../collect/import-file.ts';
import { changeConsent } from '../gate/consent.ts';
import { parseGrantDestination } from '../gate/destination.ts';
import type { Work } from '../lib/work.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';

/** Measuring is not among them: it lets the holdout leave, which only "consent --purpose measure" says. */
const purposes: readonly Purpose[] = ['label', 'augment'];

/** What may be done with the rows of a file, and on what ground. */
export interface ImportConsent {
  readonly to: Consent;
  readonly basis: string | undefined;
  /** A host, or `*` for any. */
  readonly destination: string;
  readonly expiresAtMs: number | null;
}

/**
 * Imports a file as a job, and gives permission for its new rows in the same transaction: rows without the grant
 * that was asked for, or a grant without rows, never exist.
 * @throws AppError as `importFile` and `changeConsent`
 */
export function importIntoProject(
  { store, task }: Project,
  request: Omit<ImportRequest, 'onImported'>,
  consent: ImportConsent,
  work: Work,
): Promise<ImportResult> {
  const destination = parseGrantDestination(consent.destination);
  const onImported = (sourceId: number) => {
    if (consent.to === 'private') return;
    changeConsent(store, {
      filter: equals('import', String(sourceId)),
      filterText: `import=${sourceId}`,
      to: consent.to,
      purposes,
      destination,
      basis: consent.basis,
      expiresAtMs: consent.expiresAtMs,
    });
  };
  const config = { path: request.path, mapping: request.mapping ?? null, consent: consent.to };
  return runJob(store, { kind: 'import', config }, work, (watched) =>
    importFile(store, task, { ...request, onImported }, watched),
  );
}
