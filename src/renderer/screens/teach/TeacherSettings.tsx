import { NumberInput, Select, Stack } from '@mantine/core';
import { Panel } from '../../ui/Panel.tsx';
import { TeacherFields } from '../../ui/teacher/TeacherFields.tsx';
import { useQuestions } from './questions-store.ts';
import classes from './Teach.module.css';

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
        <div className={classes.pair}>
          <NumberInput
            label="At most"
            description="Records; empty for all."
            placeholder="all"
            min={1}
            value={questions.limit ?? ''}
            onChange={(value) => set({ limit: Number(value) || null })}
          />
          <NumberInput
            label="Answers for each"
            description="Several show doubt."
            min={1}
            max={20}
            value={questions.samples}
            onChange={(value) => set({ samples: Number(value) || 1 })}
          />
        </div>
      </Stack>
    </Panel>
  );
}
