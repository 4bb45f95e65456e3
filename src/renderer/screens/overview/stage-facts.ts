import type { GateState, ProjectSummary } from '../../../shared/contract/project.ts';
import { bytes, count, counted, percent } from '../../lib/format.ts';

/** How one of the nine stages stands. */
export interface StageFact {
  readonly number: number;
  readonly screen: string;
  readonly title: string;
  readonly words: string;
  readonly isDone: boolean;
  /** The gates that this stage is judged by. */
  readonly gates: readonly GateState['id'][];
}

type Facts = readonly [string, string, string, boolean, ...GateState['id'][]];

/** The nine stages in order. */
export function stageFacts(summary: ProjectSummary): readonly StageFact[] {
  const { byConsent, byStatus, bySplit, left, examples, gates, synthetic } = summary;
  const { labelled, accuracy, coverage, students, exports } = summary;
  const mayLeave = byConsent.permitted + byConsent.redacted;
  const stateOf = (id: GateState['id']) => gates.find((gate) => gate.id === id)?.state ?? 'not-yet';
  const sent = left.everBytes + left.everLoopbackBytes;
  const facts: readonly Facts[] = [
    [
      'collect',
      'Collect',
      `${counted(examples, 'record')}, ${count(mayLeave)} may leave`,
      examples > 0,
      'consent',
    ],
    [
      'teach',
      'Teach',
      `${count(labelled)} labelled, ${bytes(sent)} sent`,
      labelled > 0 && labelled >= mayLeave / 2,
    ],
    [
      'curate',
      'Curate',
      counted(summary.openFindings, 'open finding'),
      stateOf('quality') !== 'not-yet',
      'quality',
      'contamination',
    ],
    [
      'augment',
      'Augment',
      synthetic > 0 ? counted(synthetic, 'made record') : 'none made; optional',
      synthetic > 0,
    ],
    [
      'review',
      'Review',
      `${count(byStatus.approved)} approved, ${count(bySplit.holdout)} held out`,
      stateOf('sealed') === 'passed',
      'sealed',
    ],
    ['train', 'Train', counted(students, 'student'), students > 0],
    [
      'evaluate',
      'Evaluate',
      accuracy ? `${percent(accuracy.value)} right` : 'not measured',
      accuracy !== null,
      'evaluation',
    ],
    [
      'route',
      'Route',
      coverage ? `answers ${percent(coverage.value, 0)} alone` : 'no threshold',
      coverage !== null,
      'guarantee',
    ],
    ['export', 'Export', counted(exports, 'export'), exports > 0],
  ];
  return facts.map(([screen, title, words, isDone, ...own], index) => ({
    number: index + 1,
    screen,
    title,
    words,
    isDone,
    gates: own,
  }));
}
