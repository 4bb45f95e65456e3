/** Without the noise of binary fractions: to six places, large numbers to none. */
export function tidy(number: number): number {
  return Math.abs(number) < 1e9 ? Math.floor(number * 1e6 + 0.5) / 1e6 : Math.floor(number + 0.5);
}
