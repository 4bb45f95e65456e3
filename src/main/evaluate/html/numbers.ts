import type { Estimate } from '../../../shared/domain/metrics.ts';

/** 0.914 as "91.4 %". */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** "91.4 % [88.4 to 93.9]" */
export function percentInterval({ value, low, high }: Estimate): string {
  return `${percent(value)} [${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)}]`;
}

/** Points with a true minus and a sign. */
export function points(share: number): string {
  const value = (Math.abs(share) * 100).toFixed(1);
  if (value === '0.0') return '0.0';
  return `${share < 0 ? '−' : '+'}${value}`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Bytes in decimal units. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let scaled = value;
  let unit = 0;
  while (scaled >= 1_000 && unit < units.length - 1) {
    scaled /= 1_000;
    unit++;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(1)} ${units[unit]}`;
}

/** Dollars, with enough digits for small sums. */
export function dollars(value: number): string {
  if (value === 0) return '$0';
  return `$${value.toFixed(value < 1 ? 4 : 2)}`;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
