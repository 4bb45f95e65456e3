import type { Split } from '../../shared/domain/example.ts';
import type { TaskKind } from '../../shared/domain/task.ts';

/** Hugging Face names of the splits; calibration rows play the part of validation. */
export const hubSplits: Readonly<Record<Split, string>> = {
  train: 'train',
  calibration: 'validation',
  holdout: 'test',
  unassigned: 'unassigned',
};

/** @see https://huggingface.co/tasks */
export const hubTasks: Readonly<Record<TaskKind, string>> = {
  classify: 'text-classification',
  extract: 'text-generation',
  tools: 'text-generation',
  rewrite: 'text-generation',
};

/** SPDX names of the licences that data usually has; Hugging Face has the same in small letters. */
const spdxNames = [
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-2.0',
  'CC-BY-2.5',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC-BY-SA-3.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-3.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'CC-BY-ND-4.0',
  'CC-BY-NC-ND-4.0',
  'CDLA-Permissive-1.0',
  'CDLA-Permissive-2.0',
  'CDLA-Sharing-1.0',
  'MIT',
  'ODbL-1.0',
  'PDDL-1.0',
] as const;

/** The SPDX name of a licence as people write it: "CC BY 4.0", "cc-by-4.0". Undefined when it is none of the usual. */
export function toSpdx(licence: string): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '-');
  return spdxNames.find((name) => plain(name) === plain(licence.trim()));
}

/** Hugging Face's word for licences; `unknown` when none was stated, `other` for one that it has no word for. */
export function hubLicences(licences: readonly (string | null)[]): string[] {
  const words = licences.map((licence) =>
    licence === null ? 'unknown' : (toSpdx(licence)?.toLowerCase() ?? 'other'),
  );
  return words.length === 0 ? ['unknown'] : [...new Set(words)].sort();
}

const sizes = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
  [10_000_000, '1M<n<10M'],
] as const;

export function sizeCategory(rows: number): string {
  return sizes.find(([limit]) => rows < limit)?.[1] ?? '10M<n<100M';
}
