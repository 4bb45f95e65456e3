import { existsSync, readFileSync } from 'node:fs';
import type { Student, TrainingSet } from '../../src/main/train/students/student.ts';
import type { Row } from './row.ts';

export interface Labelled {
  readonly text: string;
  readonly label: string;
}

/** The folder of public data, if the environment names one. */
export function dataFolder(bench: string): string | undefined {
  const data = process.env.STILLROOM_DATA;
  if (data !== undefined && existsSync(data)) return data;
  console.error(`${bench}: set STILLROOM_DATA to a folder with banking77 and clinc150.`);
  return undefined;
}

export function readLines(path: string): Labelled[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
}

export function classesOf(rows: readonly Labelled[]): string[] {
  return [...new Set(rows.map(({ label }) => label))].sort();
}

export function toSet(rows: readonly Labelled[], classes: readonly string[]): TrainingSet {
  return {
    classes,
    inputs: rows.map(({ text }) => ({ text })),
    targets: rows.map(({ label }) => classes.indexOf(label)),
    weights: rows.map(() => 1),
  };
}

/** Share of rows whose highest score is that of their label. Units: percent. */
export function accuracyOf(
  scores: Float32Array,
  rows: readonly Labelled[],
  classes: readonly string[],
): number {
  const right = rows.filter(({ label }, row) => {
    const own = scores.subarray(row * classes.length, (row + 1) * classes.length);
    return classes[own.indexOf(Math.max(...own))] === label;
  }).length;
  return (100 * right) / rows.length;
}

/** The entries that an environment variable names, or all of them. */
export function wanted<T extends { readonly id: string }>(
  variable: string,
  all: readonly T[],
): readonly T[] {
  const ids = process.env[variable]?.split(',');
  return ids ? all.filter(({ id }) => ids.includes(id)) : all;
}

/** What is measured of each wanted student on each wanted set; nothing where the environment names no data. */
export async function measureAll<S extends { readonly id: string }>(
  bench: string,
  students: readonly Student[],
  sets: readonly S[],
  measure: (data: string, student: Student, set: S) => Promise<Row[]>,
): Promise<Row[]> {
  const data = dataFolder(bench);
  if (data === undefined) return [];
  const rows: Row[] = [];
  for (const student of wanted('STILLROOM_STUDENTS', students))
    for (const set of wanted('STILLROOM_SETS', sets))
      rows.push(...(await measure(data, student, set)));
  return rows;
}

export function wantedSeeds(usual: string): number[] {
  return (process.env.STILLROOM_SEEDS ?? usual).split(',').map(Number);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
