import { large, small } from './appearance.ts';
import { keyboard, mouse } from './hands.ts';

/** Every journey is made twice. */
export const variants = [
  { hands: mouse, appearance: { theme: 'light', ...small } },
  { hands: keyboard, appearance: { theme: 'dark', ...large } },
] as const;
