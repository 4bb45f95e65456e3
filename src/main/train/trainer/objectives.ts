import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import {
  createFormObjective,
  type FormObjectiveSpec,
} from '../structured/tagger/form-objective.ts';
import type { Objective } from './objective.ts';

/** Every objective, by its kind; a plan goes to another thread and so carries no functions. */
const objectives = { form: createFormObjective };
export type ObjectiveSpec = FormObjectiveSpec;

export function createObjective(spec: ObjectiveSpec, parameters: AdamW['parameters']): Objective {
  return objectives[spec.kind](spec, parameters);
}
