import { Link } from 'wouter';
import type { ProjectSummary } from '../../../shared/contract/project.ts';
import { bytes, count, counted } from '../../lib/format.ts';
import classes from './Overview.module.css';

/** One line for each stage: what there is, with the way to it. */
export function StageRows({ summary }: { readonly summary: ProjectSummary }) {
  return (
    <ul className={classes.rows}>
      {stageFacts(summary).map(([number, id, title, facts]) => (
        <li key={id}>
          <Link href={`~/${id}`} className={classes.row}>
            <span className={classes.number}>{number}</span>
            <strong>{title}</strong>
            <span className={classes.facts}>{facts}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function stageFacts(summary: ProjectSummary): [number, string, string, string][] {
  const { byConsent, byStatus, bySplit, left, examples } = summary;
  const mayLeave = byConsent.permitted + byConsent.redacted;
  return [
    [1, 'collect', 'Collect', `${counted(examples, 'record')}, ${count(mayLeave)} may leave`],
    [
      2,
      'teach',
      'Teach',
      `${count(summary.labelled)} labelled; ${bytes(left.everBytes + left.everLoopbackBytes)} sent so far`,
    ],
    [3, 'curate', 'Curate', counted(summary.openFindings, 'open finding')],
    [
      4,
      'augment',
      'Augment',
      summary.synthetic > 0 ? `${counted(summary.synthetic, 'made record')}` : 'none made',
    ],
    [
      5,
      'review',
      'Review',
      `${count(byStatus.approved)} approved, ${count(bySplit.holdout)} in the holdout`,
    ],
    [6, 'train', 'Train', counted(summary.students, 'student')],
    [7, 'evaluate', 'Evaluate', summary.accuracy ? 'measured' : 'not measured yet'],
    [8, 'route', 'Route', summary.coverage ? 'threshold chosen' : 'no threshold yet'],
    [9, 'export', 'Export', counted(summary.exports, 'export')],
  ];
}
