import { Button, Group } from '@mantine/core';
import { time } from '../../lib/format.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { kindName } from './kinds.ts';

interface Props {
  /** The table that is to go, or none. */
  readonly name: string | null;
  readonly onClose: () => void;
}

/** Says what a table's end means for the students that look something up in it, before it is gone for good. */
export function RemoveTableDialog({ name, onClose }: Props) {
  const isOpen = name !== null;
  const needed = useCall('lookup.neededBy', { name: name ?? '' }, { isEnabled: isOpen });
  const students = useCall('train.students', {}, { isEnabled: isOpen });
  const remove = useChange('lookup.remove', onClose);
  if (!isOpen) return null;
  const affected = students.data?.filter(({ id }) => needed.data?.includes(id)) ?? [];
  const isKnown = needed.data !== undefined && students.data !== undefined;
  return (
    <Dialog onClose={onClose} title={`Remove the table ${name}?`}>
      <ErrorPanel error={needed.error ?? students.error ?? remove.error} />
      {!isKnown && <Loading />}
      {isKnown && affected.length === 0 && <p>No student fills a field from it.</p>}
      {affected.length > 0 && (
        <>
          <p>
            These students fill a field from it, and will name it as missing until the table is
            there again:
          </p>
          <ul aria-label="Students that need the table">
            {affected.map((student) => (
              <li key={student.id}>
                {kindName(student)}, trained {time(student.createdAtMs)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        Its rows are gone from the project afterwards, and no undo brings them back. Your own file
        stays where it is; the table can be taken from it again.
      </p>
      <Group gap="sm" mt="lg">
        <Button
          variant="default"
          disabled={!isKnown}
          loading={remove.isPending}
          onClick={() => remove.mutate({ name })}
        >
          Remove the table
        </Button>
        <Button data-autofocus onClick={onClose}>
          Keep it
        </Button>
      </Group>
    </Dialog>
  );
}
