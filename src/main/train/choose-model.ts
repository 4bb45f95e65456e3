import type { StudentFacts } from './bundle/student-json.ts';

/** How a student's int8 model did beside its full one. */
export interface Int8Comparison {
  /** Share of right answers of the int8 model minus that of the full one. */
  readonly difference: number;
  /** On so many rows that neither had seen. */
  readonly rows: number;
}

/** With fewer rows the int8 model may lose more than is seen. */
const FEWEST_ROWS = 500;
const LARGEST_LOSS = 0.002;

/** The model that answers: the int8 one where it is quicker and was seen to lose next to nothing. */
export function chooseModel(
  isQuickerInInt8: boolean | undefined,
  compared: Int8Comparison | null,
): StudentFacts['model'] {
  const isProven =
    compared !== null && compared.rows >= FEWEST_ROWS && compared.difference >= -LARGEST_LOSS;
  return isQuickerInInt8 && isProven ? 'model.int8.onnx' : 'model.onnx';
}
