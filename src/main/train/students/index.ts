import { linear } from './linear/linear.ts';
import type { Student } from './student.ts';

/** Every kind of student, from the quickest to train to the slowest. */
export const students: readonly Student[] = [linear];
