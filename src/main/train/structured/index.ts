import { crf } from './crf/crf.ts';
import type { StructuredStudent } from './structured-student.ts';
import { tagger } from './tagger/tagger.ts';

/** Every kind of student for outputs with fields, from the quickest to train to the slowest. */
export const structuredStudents: readonly StructuredStudent[] = [crf, tagger];
