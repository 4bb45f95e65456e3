import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import type { Tensor } from '../../onnx/tensor.ts';
import {
  createFormObjective,
  type FormObjectiveSpec,
} from '../structured/tagger/form-objective.ts';
import type { Examples } from './plan.ts';

/** Arrays by name. */
export type Arrays = Readonly<Record<string, Tensor<'float32'>>>;

/** A loss that is computed between the two halves of a training, since no graph can express it well. */
export interface Objective {
  /**
   * The sums of losses and weights over rows of `examples`, whose scores a graph gave; row i is at place i of the batch.
   * With `gradients`, writes the gradient of their quotient there: `d SCORE` of each score, NAME of each parameter that
   * no graph reads.
   */
  evaluate(
    examples: Examples,
    rows: readonly number[],
    scores: Arrays,
    gradients?: Arrays,
  ): { readonly loss: number; readonly weight: number };
}

/** Every objective, by its kind; a plan goes to another thread and so carries no functions. */
const objectives = { form: createFormObjective };
export type ObjectiveSpec = FormObjectiveSpec;

export function createObjective(spec: ObjectiveSpec, parameters: AdamW['parameters']): Objective {
  return objectives[spec.kind](spec, parameters);
}
