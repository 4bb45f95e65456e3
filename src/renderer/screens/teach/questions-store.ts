import { create } from 'zustand';
import type { Input } from '../../lib/bridge.ts';
import { toTeacher, useTeacher } from '../../ui/teacher/teacher-store.ts';

interface Questions {
  readonly samples: number;
  /** Only records without a label, or every record that may leave. */
  readonly scope: 'unlabelled' | 'all';
  readonly limit: number | null;
}

/** What the teacher is asked about; outlives a visit to another screen. */
export const useQuestions = create<Questions>(() => ({
  samples: 1,
  scope: 'unlabelled',
  limit: null,
}));

/** Teacher and questions as the engine takes them. */
export function useTeachRequest(): Input<'teach.run'> {
  const teacher = useTeacher();
  const { samples, scope, limit } = useQuestions();
  return {
    ...toTeacher(teacher),
    samples,
    filter: scope === 'unlabelled' ? 'status = new' : '',
    ...(limit ? { limit } : {}),
  };
}
