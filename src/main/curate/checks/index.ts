import type { Check } from '../check.ts';
import { classBalanceCheck } from './class-balance.ts';
import { contaminationCheck } from './contamination.ts';
import { exactDuplicateCheck } from './exact-duplicate.ts';
import { fieldFormatCheck } from './field-format.ts';
import { fieldValueCheck } from './field-value.ts';
import { labelErrorCheck } from './label-error.ts';
import { nearDuplicateCheck } from './near-duplicate.ts';
import { newFactCheck } from './new-fact.ts';
import { noAnswerCheck } from './no-answer.ts';
import { outlierCheck } from './outlier.ts';
import { personalDataCheck } from './personal-data.ts';
import { promptInjectionCheck } from './prompt-injection.ts';
import { schemaCheck } from './schema.ts';
import { syntheticCheck } from './synthetic.ts';

/** Every check, the cheap ones first. To add one: a file beside this one and a line here. */
export const checks: readonly Check[] = [
  schemaCheck,
  exactDuplicateCheck,
  nearDuplicateCheck,
  contaminationCheck,
  classBalanceCheck,
  noAnswerCheck,
  personalDataCheck,
  promptInjectionCheck,
  outlierCheck,
  fieldValueCheck,
  fieldFormatCheck,
  newFactCheck,
  syntheticCheck,
  labelErrorCheck,
];
