import { Select, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../lib/bridge.ts';
import { chooseFile, dataFiles } from '../../../lib/desktop.ts';
import { count, counted, fileName } from '../../../lib/format.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import classes from './NewProject.module.css';

type Found = Awaited<ReturnType<typeof call<'collect.labels'>>>;

/** Labels that a file has already, so that nobody types what is there. */
export function LabelsFromFile({
  onFound,
}: {
  readonly onFound: (labels: readonly string[], path: string) => void;
}) {
  const [path, setPath] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<Error | null>(null);

  const read = async (from: string, column?: string) => {
    setPath(from);
    setError(null);
    try {
      const answer = await call('collect.labels', column ? { path: from, column } : { path: from });
      setFound(answer);
      if (answer.labels.length > 0)
        onFound(
          answer.labels.map(({ label }) => label),
          from,
        );
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const choose = async () => {
    const chosen = await chooseFile('Read the labels from', dataFiles);
    if (chosen) await read(chosen);
  };

  return (
    <>
      <UnstyledButton className={classes.choose} onClick={() => void choose()}>
        {found ? 'Read them from another file…' : 'Read them from a file…'}
      </UnstyledButton>
      {path && found && (
        <Select
          size="xs"
          className={classes.column}
          label={`Column of ${fileName(path)} that has the labels`}
          description={
            found.column === null
              ? 'None of its names says so: choose it.'
              : `${counted(found.labels.length, 'label')} in ${count(sum(found.labels))} rows, the most frequent first.`
          }
          data={[...found.columns]}
          value={found.column}
          onChange={(column) => column && void read(path, column)}
        />
      )}
      <ErrorPanel error={error} />
    </>
  );
}

const sum = (labels: Found['labels']) => labels.reduce((total, { rows }) => total + rows, 0);
