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
  return (
    <div>
      <p>Future sends stop.</p>
      {sent.map(({ destination, examples, lastAtMs }) => (
        <p key={destination}>
          {counted(examples, 'of these was', 'of these were')} already sent to {destination}, last
          on {time(lastAtMs)}, and cannot be called back.
        </p>
      ))}
      {(students.length > 0 || exports.length > 0) && (
        <p>
          {counted(exports.length, 'data set')} and {counted(students.length, 'student')} used them.
        </p>
      )}
    </div>
  );
}
