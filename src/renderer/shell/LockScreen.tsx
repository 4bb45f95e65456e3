import { Button, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { callDesktop } from '../lib/desktop.ts';
import { useUi } from '../lib/ui-store.ts';
import classes from './LockScreen.module.css';

/** Covers the window while nobody sits at it; jobs go on behind it. */
export function LockScreen() {
  const lock = useUi((state) => state.lock);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string | null>(null);
  if (!lock) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = lock.needsPassphrase ? { passphrase } : {};
    const { isOpen } = await callDesktop('desktop.unlock', given);
    setError(isOpen ? null : 'That is not the passphrase of this project.');
    setPassphrase('');
  };
  return (
    <main className={classes.screen}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <IconLock size={32} aria-hidden />
        <h1 className={classes.title}>Locked</h1>
        {lock.needsPassphrase ? (
          <>
            <p>Enter the project's passphrase to go on. Jobs go on meanwhile.</p>
            <PasswordInput
              className={classes.field}
              autoFocus
              label="Passphrase"
              value={passphrase}
              error={error}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
            />
            <Button type="submit" disabled={passphrase === ''}>
              Unlock
            </Button>
          </>
        ) : (
          <>
            <p>
              Covered since nobody was here. This project has no passphrase, so anybody can go on.
            </p>
            <Button type="submit" autoFocus>
              Show again
            </Button>
          </>
        )}
      </form>
    </main>
  );
}
