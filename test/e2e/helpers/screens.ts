/** The screens of an open project, as the rail names them. */
export const screens = [
  'Overview',
  'Collect',
  'Teach',
  'Curate',
  'Augment',
  'Review',
  'Train',
  'Evaluate',
  'Route',
  'Export',
  'Ledger',
  'Settings',
];
