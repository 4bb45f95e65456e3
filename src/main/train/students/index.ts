import { encoder } from './encoder/encoder.ts';
import { linear } from './linear/linear.ts';
import { mlp } from './mlp/mlp.ts';
import type { Student } from './student.ts';
import { wideDeep } from './wide-deep/wide-deep.ts';

/** Every kind of student, from the quickest to train to the slowest, and last what `best` does not try. */
export const students: readonly Student[] = [linear, mlp, wideDeep, encoder];
