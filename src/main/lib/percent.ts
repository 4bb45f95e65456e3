/** A share in words: 0.029 is "2.9 %", 0.03 is "3 %", and what is not all is never "100 %". */
export function percent(share: number): string {
  const rounded = Number((100 * share).toFixed(1));
  return `${share < 1 ? Math.min(rounded, 99.9) : rounded} %`;
}
