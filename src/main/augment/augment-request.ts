export interface AugmentRequest {
  readonly strategy: string;
  /** New rows wanted. */
  readonly count: number;
  /** Label that they are to have; undefined for any. */
  readonly label: string | undefined;
  readonly seed: number;
  /** Largest share of synthetic rows among the labelled rows for training, in [0, 1). */
  readonly maxShare: number;
  /** Whether the teacher is asked once more about each of its drafts, without being told the label. */
  readonly verifies: boolean;
}
