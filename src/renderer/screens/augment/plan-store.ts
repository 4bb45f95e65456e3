import { create } from 'zustand';
import type { Input } from '../../lib/bridge.ts';

/** How many of a recipe, for one label or for any. */
export interface QuotaLine {
  readonly strategy: string;
  readonly label: string | null;
  readonly count: number;
}

interface Plan {
  /** Lines that the person added or gave a number. */
  readonly lines: readonly QuotaLine[];
  readonly verifies: boolean;
}

/** What is to be made; outlives a visit to another screen. */
export const usePlan = create<Plan>(() => ({ lines: [], verifies: false }));

const isSame = (a: QuotaLine, b: Pick<QuotaLine, 'strategy' | 'label'>) =>
  a.strategy === b.strategy && a.label === b.label;

/** Gives a quota its number, adding its line where there is none. */
export function setQuota(line: QuotaLine): void {
  usePlan.setState(({ lines }) => ({
    lines: lines.some((one) => isSame(one, line))
      ? lines.map((one) => (isSame(one, line) ? line : one))
      : [...lines, line],
  }));
}

export function removeQuota(line: QuotaLine): void {
  usePlan.setState(({ lines }) => ({ lines: lines.filter((one) => !isSame(one, line)) }));
}

/** A recipe's lines: any label first, then those for one label. */
export function linesOf(lines: readonly QuotaLine[], strategy: string): readonly QuotaLine[] {
  const own = lines.filter((line) => line.strategy === strategy);
  const any = own.find(({ label }) => label === null) ?? { strategy, label: null, count: 0 };
  return [any, ...own.filter(({ label }) => label !== null)];
}

/** The lines with a number, as the engine takes them. */
export const toQuotas = (lines: readonly QuotaLine[]): Input<'augment.run'>['quotas'] =>
  lines
    .filter(({ count }) => count > 0)
    .map(({ strategy, label, count }) => ({ strategy, count, ...(label ? { label } : {}) }));
