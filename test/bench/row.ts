/** One line of a benchmark's table. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was to be reached. */
  readonly target?: string;
}
