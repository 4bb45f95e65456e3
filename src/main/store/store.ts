import { createArtifacts } from './artifacts.ts';
import { copyDatabase } from './copy-database.ts';
import type { Database } from './database.ts';
import { createEvaluations } from './evaluations.ts';
import { createExamples } from './examples.ts';
import { createExports } from './exports.ts';
import { createFindingPages } from './finding-pages.ts';
import { createFindings } from './findings.ts';
import { createFingerprint } from './fingerprint.ts';
import { createGates } from './gates.ts';
import { createGold } from './gold.ts';
import { createGrants } from './grants.ts';
import { createImports } from './imports.ts';
import { createIntegrity } from './integrity.ts';
import { createJobs } from './jobs.ts';
import { createLabels } from './labels.ts';
import { createLedger } from './ledger.ts';
import { acquireWriterLock } from './lock.ts';
import { createLooks } from './looks.ts';
import { createLookups } from './lookups.ts';
import { type OpenOptions, openDatabase } from './open.ts';
import { createOperations } from './operations.ts';
import { createPages } from './pages.ts';
import { createProjectTable } from './project.ts';
import { createReplies } from './replies.ts';
import { createRequests } from './requests.ts';
import { createReviews } from './reviews.ts';
import { createRoutes } from './routes.ts';
import { createSeals } from './seals.ts';
import { createSearch } from './search.ts';
import { createSources } from './sources.ts';
import { createStudents } from './students.ts';
import { createSummary } from './summary.ts';

/** An open project: one member per table, and transactions around them. */
export type Store = ReturnType<typeof assemble> & {
  readonly path: string;
  readonly isReadOnly: boolean;
  /** Copies the whole file to a path that is free. @throws AppError `store.locked` */
  copyTo(path: string): void;
  close(): void;
};

/** Opens a project file; a writer also becomes its only writer. @throws AppError as `openDatabase` and `store.locked` */
export function openStore(path: string, options: OpenOptions): Store {
  const isReadOnly = options.mode === 'read';
  const lock = isReadOnly ? undefined : acquireWriterLock(path);
  try {
    const db = openDatabase(path, options);
    const store = assemble(db);
    if (!isReadOnly) store.jobs.markInterrupted();
    const close = () => {
      db.close();
      lock?.release();
    };
    const copyTo = (to: string) => copyDatabase(db, path, to);
    return { ...store, path, isReadOnly, copyTo, close };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function assemble(db: Database) {
  const examples = createExamples(db);
  const labels = createLabels(db);
  const search = createSearch(db);
  return {
    project: createProjectTable(db),
    sources: createSources(db),
    examples,
    labels,
    gold: createGold(examples, labels),
    imports: createImports(db),
    jobs: createJobs(db),
    grants: createGrants(db),
    requests: createRequests(db),
    replies: createReplies(db),
    ledger: createLedger(db),
    operations: createOperations(db),
    findings: createFindings(db),
    findingPages: createFindingPages(db),
    gates: createGates(db),
    fingerprint: createFingerprint(db),
    reviews: createReviews(db),
    seals: createSeals(db),
    artifacts: createArtifacts(db),
    students: createStudents(db),
    integrity: createIntegrity(db),
    lookups: createLookups(db),
    looks: createLooks(db),
    evaluations: createEvaluations(db),
    routes: createRoutes(db),
    exports: createExports(db),
    search,
    pages: createPages(db, search),
    summary: createSummary(db),
    /** Whether a transaction is open, such as an import's: what is written now would share its fate. */
    isWriting: () => db.inTransaction,
    /** Runs `body` as one transaction: all of its writes are kept, or none. */
    transaction<T>(body: () => T): T {
      return db.transaction(body).immediate() as T;
    },
    /**
     * The same around work that waits, such as reading a file. A process that dies in it leaves nothing behind; other
     * writes made meanwhile through this store share its fate.
     */
    async transactionAsync<T>(body: () => Promise<T>): Promise<T> {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = await body();
        db.exec('COMMIT');
        return result;
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK');
      }
    },
    /** Empties the write-ahead log, so that deleted text is not left readable in it. */
    checkpoint(): void {
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}
