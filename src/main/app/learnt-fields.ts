import type { TrainOutcome } from '../../shared/contract/train.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Store } from '../store/store.ts';

/** How the fields of a student were learnt, as its training told it. */
export function learntFields({ jobs }: Store, studentId: string): TrainOutcome['fields'] {
  const isOwn = (result: Json) =>
    typeof result === 'object' &&
    result !== null &&
    'studentId' in result &&
    result.studentId === studentId;
  // Written by the job as the result of `train`.
  return (jobs.lastResult('train', isOwn)?.result as unknown as TrainOutcome | undefined)?.fields;
}
