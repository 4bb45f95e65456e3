import type { ProjectSummary } from '../../shared/contract/project.ts';
import { counted } from '../lib/format.ts';

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** A figure short enough for the rail, and what it counts in full. */
export interface StageCount {
  readonly figure: string;
  readonly words: string;
}

/** The one figure that stands beside a stage in the rail; nothing where it would say little. */
export function stageCount(id: string, summary: ProjectSummary): StageCount | undefined {
  const { examples, byStatus, students, exports, left } = summary;
  const counts: Readonly<Record<string, readonly [number, string]>> = {
    collect: [examples, counted(examples, 'record')],
    review: [byStatus.approved, counted(byStatus.approved, 'record approved', 'records approved')],
    train: [students, counted(students, 'student')],
    export: [exports, counted(exports, 'export')],
    ledger: [left.requests, counted(left.requests, 'request sent', 'requests sent')],
  };
  const [n, words] = counts[id] ?? [0, ''];
  return n > 0 ? { figure: compact.format(n), words } : undefined;
}
