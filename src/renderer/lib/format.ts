import type { Estimate } from '../../shared/domain/metrics.ts';

const whole = new Intl.NumberFormat('en-GB');

/** 12400 as "12,400". */
export const count = (value: number): string => whole.format(value);

/** "1 record", "12,400 records". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** 0.915 as "91.5 %"; what is not all is never told as 100 %. */
export function percent(share: number, digits = 1): string {
  const most = share < 1 ? 100 - 10 ** -digits : 100;
  return `${Math.min(share * 100, most).toFixed(digits)} %`;
}

/** "88.4–93.9": the ends of an interval, in percent. */
export const interval = ({ low, high }: Pick<Estimate, 'low' | 'high'>): string =>
  `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`;

/** A difference of shares in points, with its sign: "−1.5". */
export const points = (share: number): string => {
  const value = (Math.abs(share) * 100).toFixed(1);
  return share < 0 ? `−${value}` : `+${value}`;
};

/** "0 B", "361 kB", "1.2 MB". */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(value) / 3), units.length);
  const amount = value / 1000 ** power;
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${units[power - 1]}`;
}

/** "$0.31"; small amounts keep two significant digits. */
export const dollars = (usd: number): string =>
  usd === 0 || usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toPrecision(2)}`;

/** "18 s", "4 min". */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** "4 s", "18 s", "4 min": of what is only estimated, whole seconds. */
export const roughly = (seconds: number): string =>
  seconds < 10 ? `${Math.max(1, Math.ceil(seconds))} s` : duration(seconds);

/** "3 Nov 2026, 14:05". */
export const time = (ms: number): string =>
  new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "3 Nov 2026, 14:05:09", where many things happen in a minute. */
export const timeToTheSecond = (ms: number): string =>
  new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** "today", "yesterday" or the date. */
export function day(ms: number): string {
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (ms >= midnight) return 'today';
  if (ms >= midnight - 86_400_000) return 'yesterday';
  return new Date(ms).toLocaleDateString('en-GB', { dateStyle: 'medium' });
}

/** The last part of a path, without the project's extension. */
export const fileName = (path: string): string =>
  (path.split(/[\\/]/).at(-1) ?? path).replace(/\.stillroom$/, '');

/** A cell of an imported file as text. */
export const cellText = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** "near-duplicate" as "Near duplicate". */
export function sentenceCase(id: string): string {
  const words = id.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A message of the engine without the command lines that it offers to people at a terminal. */
export const withoutCommands = (message: string): string =>
  message.replaceAll(/[.;]\s*[^.;]*: stillroom [^.]*\./g, '.');
