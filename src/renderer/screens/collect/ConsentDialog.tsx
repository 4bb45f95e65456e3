import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Purpose, purposes } from '../../../shared/domain/example.ts';
import { counted } from '../../lib/format.ts';
import { useChange } from '../../lib/query.ts';
import { announce } from '../../lib/ui-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { closeConsent, useConsent } from './consent-store.ts';
import { Touched } from './Touched.tsx';
import { clearSelection } from './view-store.ts';

const purposeWords = {
  label: 'Ask a teacher for the label',
  augment: 'Ask a teacher for similar examples',
  measure: 'Measure the teacher itself',
} as const satisfies Record<Purpose, string>;

const titles = {
  permitted: 'Permit these to leave?',
  redacted: 'Permit these with personal data masked?',
  private: 'Make these private?',
} as const;

/** Asks for purpose, host, reason and end before records may leave; and says what a revocation comes too late for. */
export function ConsentDialog() {
  const asked = useConsent((state) => state.asked);
  const [chosen, setChosen] = useState<readonly Purpose[]>(['label']);
  const [destination, setDestination] = useState('');
  const [basis, setBasis] = useState('');
  const [expires, setExpires] = useState('');
  const change = useChange('collect.consent', ({ changed }, { to }) => {
    announce(`${counted(changed, 'record')} ${to}`);
    clearSelection();
    closeConsent();
  });
  if (!asked) return null;
  const { selection, size, to } = asked;
  const isLeaving = to !== 'private';

  const expiresAtMs = expires ? new Date(`${expires}T23:59:59`).getTime() : null;
  const isPast = expiresAtMs !== null && expiresAtMs < Date.now();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({
      selection,
      to,
      ...(isLeaving
        ? {
            purposes: [...chosen],
            destination: destination.trim() || '*',
            basis: basis.trim(),
            expiresAtMs,
          }
        : {}),
    });
  };

  return (
    <Dialog onClose={closeConsent} title={titles[to]} size="md">
      <form onSubmit={submit}>
        <Stack gap="md">
          <ErrorPanel error={change.error} />
          {isLeaving ? (
            <>
              <Checkbox.Group
                label="What for"
                value={[...chosen]}
                onChange={(values) => setChosen(purposes.filter((one) => values.includes(one)))}
              >
                <Stack gap="xs" mt="xs">
                  {purposes.map((purpose) => (
                    <Checkbox key={purpose} value={purpose} label={purposeWords[purpose]} />
                  ))}
                </Stack>
              </Checkbox.Group>
              <TextInput
                label="To which host"
                description="Such as api.example.com. Empty means any."
                value={destination}
                onChange={(event) => setDestination(event.currentTarget.value)}
              />
              <TextInput
                required
                data-autofocus
                label="Why this is allowed"
                description="Kept with the permission, such as a contract or a ticket."
                value={basis}
                onChange={(event) => setBasis(event.currentTarget.value)}
              />
              <TextInput
                type="date"
                label="Until"
                description="Empty means until it is taken back."
                error={isPast && 'That day has passed: nothing could be sent.'}
                value={expires}
                onChange={(event) => setExpires(event.currentTarget.value)}
              />
            </>
          ) : (
            <Touched selection={selection} />
          )}
          <Group gap="sm">
            <Button
              type="submit"
              {...(isLeaving ? { color: 'outside' } : {})}
              loading={change.isPending}
              disabled={isLeaving && (basis.trim() === '' || chosen.length === 0 || isPast)}
            >
              {to === 'private' ? 'Make' : to === 'redacted' ? 'Permit masked' : 'Permit'}{' '}
              {counted(size, 'record')}
              {to === 'private' ? ' private' : ''}
            </Button>
            <Button
              variant="default"
              {...(isLeaving ? {} : { 'data-autofocus': true })}
              onClick={closeConsent}
            >
              Keep as they are
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
