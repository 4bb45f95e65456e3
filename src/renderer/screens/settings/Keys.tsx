import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { callDesktop } from '../../lib/desktop.ts';
import { queryClient } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Settings.module.css';

/** Teachers' keys, kept by the system's keychain and never shown again. */
export function Keys() {
  const keys = useQuery({
    queryKey: ['desktop.keys'],
    queryFn: () => callDesktop('desktop.keys', {}),
  });
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const change = async (work: Promise<unknown>) => {
    try {
      await work;
      setError(null);
      setName('');
      setKey('');
    } catch (problem) {
      setError(problem as Error);
    }
    await queryClient.invalidateQueries({ queryKey: ['desktop.keys'] });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void change(callDesktop('desktop.saveKey', { name, key }));
  };
  if (!keys.data) return null;
  return (
    <Panel title="Teachers' keys">
      <ErrorPanel error={error} />
      {keys.data.isSafe ? (
        <form onSubmit={save}>
          <Group gap="sm" align="end">
            <TextInput
              label="Name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <PasswordInput
              className={classes.field}
              label="Key"
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={name.trim() === '' || key === ''}>
              Keep
            </Button>
          </Group>
        </form>
      ) : (
        <p className={classes.dim}>
          {keys.data.reason ?? 'This computer has no safe place for keys.'} A key is asked for each
          time and never written.
        </p>
      )}
      <ul className={classes.list}>
        {keys.data.names.map((kept) => (
          <li key={kept}>
            {kept}{' '}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void change(callDesktop('desktop.forgetKey', { name: kept }))}
            >
              Forget {kept}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
