import type { TrainOutcome } from '../../shared/contract/train.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Store } from '../store/store.ts';

/** What the training of a student told of its fields, or its types of reply. */
export function learntBy(
  { jobs }: Store,
  studentId: string,
): Pick<TrainOutcome, 'fields' | 'replies'> {
  const isOwn = (result: Json) =>
    typeof result === 'object' &&
    result !== null &&
    'studentId' in result &&
    result.studentId === studentId;
  // Written by the job as the result of `train`.
  const outcome = jobs.lastResult('train', isOwn)?.result as unknown as TrainOutcome | undefined;
  return {
    ...(outcome?.fields && { fields: outcome.fields }),
    ...(outcome?.replies && { replies: outcome.replies }),
  };
}
