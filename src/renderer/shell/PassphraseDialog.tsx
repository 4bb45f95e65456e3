import { Button, Checkbox, Group, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { normalisePassphrase } from '../../shared/domain/recovery-phrase.ts';
import { useKeyStorage } from '../lib/desktop-queries.ts';
import { fileName } from '../lib/format.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useDialogs } from './dialogs.ts';
import { open } from './open-project.ts';

/** Asks for the passphrase of an encrypted project. */
export function PassphraseDialog() {
  const locked = useDialogs((state) => state.locked);
  const [passphrase, setPassphrase] = useState('');
  const [isRemembered, setIsRemembered] = useState(false);
  const isSafe = useKeyStorage()?.isSafe ?? false;
  if (!locked) return null;
  const close = () => {
    setPassphrase('');
    useDialogs.setState({ locked: null });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void open(locked.path, normalisePassphrase(passphrase), { isRemembered });
    setPassphrase('');
  };
  return (
    <Dialog onClose={close} title={`${fileName(locked.path)} is encrypted`}>
      <form onSubmit={submit}>
        <PasswordInput
          data-autofocus
          label="Passphrase or recovery phrase"
          value={passphrase}
          error={locked.message}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {isSafe && (
          <Checkbox
            mt="sm"
            label="Remember it in this computer's keychain"
            checked={isRemembered}
            onChange={(event) => setIsRemembered(event.currentTarget.checked)}
          />
        )}
        <Group mt="lg" gap="sm">
          <Button type="submit" disabled={passphrase === ''}>
            Open
          </Button>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** A project that was double-clicked or dropped. */
export const openFromOutside = (path: string): void => void open(path);
