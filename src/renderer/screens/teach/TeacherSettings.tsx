import { NumberInput, Select, Stack } from '@mantine/core';
import { Panel } from '../../ui/Panel.tsx';
import { TeacherFields } from '../../ui/teacher/TeacherFields.tsx';
import { useQuestions } from './questions-store.ts';

/** Who is asked, about which records, and at most for how much. */
export function TeacherSettings() {
  const questions = useQuestions();
  const set = useQuestions.setState;
  return (
    <Panel title="Teacher">
      <Stack gap="md">
        <TeacherFields />
        <Select
          label="Records"
          allowDeselect={false}
          data={[
            { value: 'unlabelled', label: 'Permitted, without a label' },
            { value: 'all', label: 'All permitted' },
          ]}
          value={questions.scope}
          onChange={(value) => set({ scope: value === 'all' ? 'all' : 'unlabelled' })}
        />
        <NumberInput
          label="At most so many records"
          placeholder="all"
          min={1}
          value={questions.limit ?? ''}
          onChange={(value) => set({ limit: Number(value) || null })}
        />
        <NumberInput
          label="Answers for each record"
          description="More than one shows where the teacher is of two minds."
          min={1}
          max={20}
          value={questions.samples}
          onChange={(value) => set({ samples: Number(value) || 1 })}
        />
      </Stack>
    </Panel>
  );
}
