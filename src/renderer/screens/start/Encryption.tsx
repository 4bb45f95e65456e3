import { Button, Checkbox, Code, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { RECOVERY_BYTES, toRecoveryPhrase } from '../../../shared/domain/recovery-phrase.ts';
import { copyText } from '../../lib/desktop.ts';
import { useKeyStorage } from '../../lib/desktop-queries.ts';

interface Props {
  readonly passphrase: string;
  readonly isKept: boolean;
  set(passphrase: string): void;
  keep(isKept: boolean): void;
}

/** A passphrase of one's own, or a recovery phrase that is made here and shown once; without either, no encryption. */
export function Encryption({ passphrase, isKept, set, keep }: Props) {
  const [made, setMade] = useState<string | null>(null);
  const isSafe = useKeyStorage()?.isSafe ?? false;
  const make = () => {
    const phrase = toRecoveryPhrase(crypto.getRandomValues(new Uint8Array(RECOVERY_BYTES)));
    setMade(phrase);
    set(phrase);
  };
  return (
    <Stack gap="sm">
      <PasswordInput
        label="Passphrase"
        description="Optional. Encrypts the file. Without it nobody can open the project, not even you."
        value={passphrase}
        onChange={(event) => set(event.currentTarget.value)}
      />
      {made === null || made !== passphrase ? (
        <Button variant="default" size="compact-sm" w="fit-content" onClick={make}>
          Make a recovery phrase for me
        </Button>
      ) : (
        <section aria-label="Recovery phrase">
          <Group gap="sm">
            <Code fz="md" data-selectable>
              {made}
            </Code>
            <Button variant="default" size="compact-sm" onClick={() => void copyText(made)}>
              Copy
            </Button>
          </Group>
          <p>
            Write it down and keep it elsewhere: it is shown only now, and opens the project on any
            computer.
          </p>
        </section>
      )}
      {passphrase !== '' && isSafe && (
        <Checkbox
          label="Remember it in this computer's keychain"
          checked={isKept}
          onChange={(event) => keep(event.currentTarget.checked)}
        />
      )}
    </Stack>
  );
}
