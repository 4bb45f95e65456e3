import type { ProjectSummary } from '../../shared/contract/project.ts';

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** The one figure that stands beside a stage in the rail; nothing where it would say little. */
export function stageCount(id: string, summary: ProjectSummary): string | undefined {
  const figures: Readonly<Record<string, number>> = {
    collect: summary.examples,
    review: summary.byStatus.approved,
    train: summary.students,
    export: summary.exports,
    ledger: summary.left.requests,
  };
  const figure = figures[id];
  return figure ? compact.format(figure) : undefined;
}
