import { Stack } from '@mantine/core';
import type { Input } from '../../lib/bridge.ts';
import { counted, time } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';

/** What a revocation would come too late for. */
export function Touched({
  selection,
}: {
  readonly selection: Input<'collect.touched'>['selection'];
}) {
  const { data, error } = useCall('collect.touched', { selection });
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <Loading words="Looking up what was sent…" />;
  const { sent, students, exports } = data;
  const users = [
    ...(exports.length > 0 ? [counted(exports.length, 'data set')] : []),
    ...(students.length > 0 ? [counted(students.length, 'student')] : []),
  ];
  return (
    <Stack gap="sm">
      <p>Future sends stop.</p>
      {sent.map(({ destination, examples, lastAtMs }) => (
        <p key={destination}>
          {counted(examples, 'of these was', 'of these were')} already sent to {destination}, last
          on {time(lastAtMs)}, and cannot be called back.
        </p>
      ))}
      {users.length > 0 && <p>{users.join(' and ')} used them already.</p>}
    </Stack>
  );
}
