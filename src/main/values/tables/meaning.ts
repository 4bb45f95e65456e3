import { monthNames, multipliers, numbers, ordinals, weekdayNames } from './english.ts';

/** Words that turn what is said into its opposite or into something else: a reply with another of them is another reply. */
const turning = [
  'not no never cannot nor neither none nobody nothing without unable unless except only yes',
  'approved declined accepted rejected refused denied granted failed succeeded successful successfully',
  'allowed forbidden permitted prohibited enabled disabled activated deactivated blocked unblocked',
  'before after until since more less most least increase increased decrease decreased above below',
  'open opened closed close start started stop stopped ended sent received in out up down on off',
  'credit credited debit debited deposit withdrawal withdrawn paid unpaid charged refunded free',
  'first last always sometimes all some any both either must may might can could should will would',
]
  .join(' ')
  .split(' ');

/** Folded words that a reply may not gain, lose or change and still say the same. */
export const meaningWords: ReadonlySet<string> = new Set([
  ...turning,
  ...Object.keys(numbers),
  ...Object.keys(multipliers),
  ...Object.keys(ordinals),
  ...[...monthNames, ...weekdayNames].map((name) => name.toLowerCase()),
]);
