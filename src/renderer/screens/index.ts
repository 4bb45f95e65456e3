import {
  IconBarbell,
  IconChecklist,
  IconDatabaseImport,
  IconFilter,
  IconGitBranch,
  IconHome,
  IconPackageExport,
  IconReceipt,
  IconRoute,
  IconSchool,
  IconSettings,
  IconTarget,
} from '@tabler/icons-react';
import { later } from './later.tsx';
import type { Screen } from './screen.ts';

/** Every screen, in the order of the rail; it also drives the palette and the routes. To add one: one line here. */
export const screens: readonly Screen[] = [
  {
    id: 'overview',
    title: 'Overview',
    question: 'Where does this project stand, and what is next?',
    icon: IconHome,
    Body: later(async () => (await import('./overview/Overview.tsx')).Overview),
  },
  {
    id: 'collect',
    title: 'Collect',
    question: 'What do I have, and what may leave?',
    stage: 1,
    tour: 'Drop a file in and see how it is read; every record is private until you permit it, for a purpose, a host and a time.',
    icon: IconDatabaseImport,
    Body: later(async () => (await import('./collect/Collect.tsx')).Collect),
  },
  {
    id: 'teach',
    title: 'Teach',
    question: 'What exactly will the teacher see?',
    stage: 2,
    tour: 'A large model labels what you permitted, and you see each request byte for byte before it leaves.',
    icon: IconSchool,
    Body: later(async () => (await import('./teach/Teach.tsx')).Teach),
  },
  {
    id: 'curate',
    title: 'Curate',
    question: 'What is wrong with the data?',
    stage: 3,
    tour: 'Checks look for wrong labels, copies, leaks and personal data, and name each record that they doubt.',
    icon: IconFilter,
    Body: later(async () => (await import('./curate/Curate.tsx')).Curate),
  },
  {
    id: 'augment',
    title: 'Augment',
    question: 'Which cases am I missing?',
    stage: 4,
    tour: 'Where cases are missing, new records are made from those you have, and stay drafts until you approve them.',
    icon: IconGitBranch,
    Body: later(async () => (await import('./augment/Augment.tsx')).Augment),
  },
  {
    id: 'review',
    title: 'Review',
    question: 'Is this right?',
    stage: 5,
    tour: 'You look at what is worth a look, most valuable first, with one key for each record.',
    icon: IconChecklist,
    Body: later(async () => (await import('./review/Review.tsx')).Review),
  },
  {
    id: 'train',
    title: 'Train',
    question: 'Is it learning?',
    stage: 6,
    tour: 'A small model learns the job on this computer, and you watch it learn.',
    icon: IconBarbell,
    Body: later(async () => (await import('./train/Train.tsx')).Train),
  },
  {
    id: 'evaluate',
    title: 'Evaluate',
    question: 'Can I trust it?',
    stage: 7,
    tour: 'It is measured on records that it never saw, beside the teacher, with an interval on each figure.',
    icon: IconTarget,
    Body: later(async () => (await import('./evaluate/Evaluate.tsx')).Evaluate),
  },
  {
    id: 'route',
    title: 'Route',
    question: 'What may it answer alone?',
    stage: 8,
    tour: 'You say how many wrong answers you allow, and see how much it may answer alone.',
    icon: IconRoute,
    Body: later(async () => (await import('./route/Route.tsx')).Route),
  },
  {
    id: 'export',
    title: 'Export',
    question: 'What may I hand on?',
    stage: 9,
    tour: 'Hand on the student or the approved records, with a card that says what they are and how good.',
    icon: IconPackageExport,
    Body: later(async () => (await import('./export/Export.tsx')).Export),
  },
  {
    id: 'ledger',
    title: 'Ledger',
    question: 'What has left, when, and why?',
    icon: IconReceipt,
    Body: later(async () => (await import('./ledger/Ledger.tsx')).Ledger),
  },
  {
    id: 'settings',
    title: 'Settings',
    question: 'How should Stillroom look and behave?',
    icon: IconSettings,
    Body: later(async () => (await import('./settings/Settings.tsx')).Settings),
  },
];

/** Fetches the code of every screen, so that none is waited for when it is first shown. */
export async function loadScreens(): Promise<void> {
  for (const { Body } of screens) await Body.load();
}
