import { Button } from '@mantine/core';
import { counted } from '../lib/format.ts';
import { useChange } from '../lib/query.ts';
import { announce } from '../lib/ui-store.ts';
import { ErrorPanel } from './ErrorPanel.tsx';

/** Makes labels that records have, but the project does not, the project's own; one step to undo. */
export function AddLabels({ labels }: { readonly labels: readonly string[] }) {
  const add = useChange('project.addLabels', ({ added, fitting }) =>
    announce(`${counted(added.length, 'label')} added; ${counted(fitting, 'record')} fit now`),
  );
  if (add.data)
    return (
      <p role="status">
        {counted(add.data.added.length, 'label')} added:{' '}
        {counted(add.data.fitting, 'record has one', 'records have one')} and count as labelled now.
      </p>
    );
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={add.isPending}
        onClick={() => add.mutate({ labels: [...labels] })}
      >
        {labels.length === 1
          ? `Add “${labels[0]}” to the labels`
          : `Add these ${labels.length} to the labels`}
      </Button>
      <ErrorPanel error={add.error} />
    </>
  );
}
