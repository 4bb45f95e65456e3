/** A linear model. Shapes: weights [F, C] row by row, biases [C]. */
export interface LinearModel {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly classCount: number;
}
