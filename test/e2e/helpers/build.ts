import { buildWindow } from '../../../scripts/build-window.ts';

/** Before all tests: what is tested is what the source says. */
export function setup(): void {
  buildWindow();
}
