import { Button } from '@mantine/core';
import { counted } from '../lib/format.ts';
import { useChange } from '../lib/query.ts';
import { useReviewer } from '../lib/reviewer.ts';
import { announce } from '../lib/ui-store.ts';
import { ErrorPanel } from './ErrorPanel.tsx';

/** Sets the training records aside that repeat held-out ones; one step to undo. */
export function SetLeaksAside() {
  const reviewer = useReviewer((state) => state.name);
  const decide = useChange('review.decideWhere', ({ decided }) =>
    announce(`${counted(decided, 'record')} set aside`),
  );
  const run = () =>
    decide.mutate({
      filter: 'flag = contamination and split in (train, unassigned) and status != rejected',
      verdict: 'reject',
      reviewer,
      includesHighStakes: true,
    });
  return (
    <>
      <Button size="compact-sm" variant="default" loading={decide.isPending} onClick={run}>
        Set the repeating training records aside
      </Button>
      {decide.data && <p>{counted(decide.data.decided, 'record')} set aside. Check again.</p>}
      <ErrorPanel error={decide.error} />
    </>
  );
}
