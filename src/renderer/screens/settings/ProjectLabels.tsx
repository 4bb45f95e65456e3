import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { counted } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useChange } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Settings.module.css';

/** The labels of the project, and one more where one was forgotten. */
export function ProjectLabels() {
  const [label, setLabel] = useState('');
  const summary = useSummary();
  const add = useChange('project.addLabels', () => setLabel(''));
  const labels = summary?.task.labels;
  if (!labels) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() !== '') add.mutate({ labels: [label] });
  };
  return (
    <Panel
      title="Labels of this project"
      aside={<span className={classes.dim}>{counted(labels.length, 'label')}</span>}
    >
      <ul
        className={classes.labels}
        aria-label="Labels of this project"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: many labels scroll, by keyboard too
        tabIndex={0}
      >
        {labels.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <form className={classes.adding} onSubmit={submit}>
        <TextInput
          className={classes.field}
          size="xs"
          aria-label="Another label"
          placeholder="Another label"
          maxLength={500}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          loading={add.isPending}
          disabled={label.trim() === ''}
        >
          Add
        </Button>
      </form>
      <ErrorPanel error={add.error} />
    </Panel>
  );
}
