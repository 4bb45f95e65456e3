import type { ProjectSummary } from '../../../shared/contract/project.ts';
import { counted } from '../../lib/format.ts';

interface Step {
  readonly screen: string;
  readonly title: string;
  readonly why: string;
  readonly button: string;
}

/** The first thing on the way that is not done. */
export function nextStep(summary: ProjectSummary): Step {
  const { examples, byConsent, bySplit, labelled, students, gates, accuracy, coverage } = summary;
  const gate = (id: string) => gates.find((one) => one.id === id)?.state ?? 'not-yet';
  if (examples === 0)
    return {
      screen: 'collect/import',
      title: 'bring in records',
      why: 'A CSV, JSONL, XLSX or Parquet file with the texts that the student is to answer.',
      button: 'Import file…',
    };
  if (labelled < examples / 2 && byConsent.permitted + byConsent.redacted > 0)
    return {
      screen: 'teach',
      title: 'ask the teacher',
      why: `${counted(examples - labelled, 'record')} have no label yet. You see exactly what would be sent before anything is.`,
      button: 'Preview what is sent',
    };
  if (labelled === 0)
    return {
      screen: 'collect',
      title: 'decide what may leave',
      why: 'All records are private. Permit those that a teacher may see, or import a file with labels.',
      button: 'Choose records',
    };
  if (gate('quality') === 'not-yet')
    return {
      screen: 'curate',
      title: 'check the data',
      why: 'Duplicates, doubtful labels, personal data and leaks between the splits are found in one run.',
      button: 'Check the data',
    };
  if (bySplit.holdout === 0 || gate('sealed') === 'not-yet')
    return {
      screen: 'review',
      title: 'review and seal the holdout',
      why: 'A fair test needs records that a person has judged and that training never sees.',
      button: 'Review records',
    };
  if (students === 0)
    return {
      screen: 'train',
      title: 'train a student',
      why: `${counted(labelled, 'labelled record')} are ready.`,
      button: 'Choose a student',
    };
  if (accuracy === null)
    return {
      screen: 'evaluate',
      title: 'measure the student',
      why: 'On the sealed holdout, beside the teacher and a baseline, with intervals.',
      button: 'Evaluate',
    };
  if (coverage === null)
    return {
      screen: 'route',
      title: 'decide what it answers alone',
      why: 'Say how many errors you allow; the bound says how much of the traffic is safe.',
      button: 'Choose a threshold',
    };
  return {
    screen: 'export',
    title: 'hand it on',
    why: 'The student, its threshold and its card, as one folder.',
    button: 'Export…',
  };
}
