import { useMemo } from 'react';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { Form } from '../../shared/domain/form/form.ts';
import { useSummary } from './project.ts';

/** The form of the open project's outputs; undefined while it has none, as for labels and texts. */
export function useForm(): Form | undefined {
  const task = useSummary()?.task;
  return useMemo(
    () => (task?.kind === 'extract' || task?.kind === 'tools' ? compileForm(task) : undefined),
    [task],
  );
}
