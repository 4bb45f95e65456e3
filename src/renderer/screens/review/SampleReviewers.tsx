import { Button } from '@mantine/core';
import { counted } from '../../lib/format.ts';
import { queryClient, useChange } from '../../lib/query.ts';
import { announce } from '../../lib/ui-store.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { QUEUE_KEY } from './use-queue.ts';

const COUNT = 400;

/** The sample came with the decisions of its reviewers; they are marked as theirs. */
export function SampleReviewers() {
  const recorded = useChange('review.recorded', ({ decided }) => {
    void queryClient.invalidateQueries({ queryKey: [QUEUE_KEY] });
    announce(`${counted(decided, 'decision')} of the sample's reviewers taken over`);
  });
  return (
    <Notice label="The sample's reviewers">
      <p>
        The sample's own reviewers have judged these records. Review them yourself, or take over
        their next {COUNT} decisions, kept under their names.
      </p>
      <Button
        variant="default"
        loading={recorded.isPending}
        onClick={() => recorded.mutate({ count: COUNT })}
      >
        Take over {COUNT} decisions
      </Button>
      {recorded.data && <p>{counted(recorded.data.decided, 'decision')} taken over.</p>}
      <ErrorPanel error={recorded.error} />
    </Notice>
  );
}
