import { basename } from 'node:path';
import type { EvaluationReport } from '../../shared/contract/evaluate.ts';
import type { RouteOutcome } from '../../shared/contract/route.ts';
import { strictestConsent } from '../../shared/domain/example.ts';
import { equals } from '../../shared/domain/filter.ts';
import type { ReportData, SentFacts } from '../evaluate/html/report-data.ts';
import { listLedger, verifyLedger } from '../gate/ledger.ts';
import type { Project } from './project.ts';

export interface ReportParts {
  readonly evaluation?: EvaluationReport | undefined;
  readonly route?: RouteOutcome | undefined;
  readonly notice?: string | undefined;
  readonly files?: ReportData['files'];
  readonly steps?: ReportData['steps'];
}

/** What a project's report says: the parts that were just made, and how the project stands. */
export function collectReportData(project: Project, parts: ReportParts): ReportData {
  const { store, task, path } = project;
  const countConsent = (consent: string) => store.examples.count(equals('consent', consent));
  const findings = Object.entries(store.findings.openCounts());
  return {
    title: task.name,
    project: basename(path),
    date: new Date().toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
    notice: parts.notice,
    privacy: {
      total: store.examples.count(),
      private: countConsent('private'),
      permitted: countConsent('permitted'),
      redacted: countConsent('redacted'),
    },
    sent: collectSent(project),
    checks: {
      findings: findings.map(([check, flagged]) => ({ title: toTitle(check), flagged })),
      gates: store.gates.list(),
    },
    evaluation: parts.evaluation && withConsents(project, parts.evaluation),
    route: parts.route,
    files: parts.files ?? [{ title: 'Project', path }],
    steps: parts.steps,
  };
}

/** What may be shown of a record is asked anew: permission may have ended since it was measured. */
function withConsents({ store }: Project, report: EvaluationReport): EvaluationReport {
  const worstErrors = report.worstErrors.map((error) => {
    const found = store.examples.findByExternalId(error.id);
    const line = found ? store.examples.lineage(found.id) : [];
    return { ...error, consent: strictestConsent(line.map(({ consent }) => consent)) };
  });
  return { ...report, worstErrors };
}

/** "near-duplicate" as "Near duplicate". */
function toTitle(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What left, from the ledger: each attempt is one request, and its outcome brings the cost. */
function collectSent({ store }: Project): SentFacts {
  const check = verifyLedger(store);
  const groups = new Map<string, SentFacts['destinations'][number] & { ids: Set<string> }>();
  for (const line of listLedger(store)) {
    const key = [line.destination, line.model, line.purpose].join('\n');
    const known = groups.get(key) ?? {
      host: line.destination,
      isLoopback: line.isLoopback,
      model: line.model,
      purpose: line.purpose,
      records: 0,
      requests: 0,
      bytes: 0,
      costUsd: 0,
      ids: new Set<string>(),
    };
    const isAttempt = line.event === 'attempt';
    if (isAttempt) for (const id of line.exampleIds) known.ids.add(id);
    groups.set(key, {
      ...known,
      requests: known.requests + (isAttempt ? 1 : 0),
      bytes: known.bytes + (isAttempt ? line.bytes : 0),
      costUsd: known.costUsd + (isAttempt ? 0 : (line.costUsd ?? 0)),
    });
  }
  return {
    destinations: [...groups.values()].map(({ ids, ...group }) => ({
      ...group,
      records: ids.size,
    })),
    ledgerEntries: check.entries,
    isLedgerIntact: check.valid,
  };
}
