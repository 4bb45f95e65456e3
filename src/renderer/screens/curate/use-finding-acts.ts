import type { FindingLine, FindingRecord } from '../../../shared/contract/curate.ts';
import { useChange } from '../../lib/query.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { announce } from '../../lib/ui-store.ts';

export interface FindingActs {
  /** Gives the record the label that the check holds likelier; nothing where it names none. */
  agree(finding: FindingLine): void;
  setAside(record: FindingRecord): void;
  dismiss(finding: FindingLine): void;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

/** What a person may do about a finding; each is one step to undo, but a dismissal, which opens again. */
export function useFindingActs(): FindingActs {
  const reviewer = useReviewer((state) => state.name);
  const resolve = useChange('curate.resolve', () => announce('Finding dismissed'));
  const decide = useChange('review.decide', (_, { decisions }) =>
    announce(decisions[0]?.verdict === 'correct' ? 'Label changed' : 'Record set aside'),
  );
  const isBusy = resolve.isPending || decide.isPending;
  return {
    agree({ record: { externalId: id }, suggestion }) {
      if (!suggestion || isBusy) return;
      // It came from the engine as JSON; only the type forgot that it may be changed.
      const output = suggestion.output as never;
      decide.mutate({ reviewer, decisions: [{ id, verdict: 'correct', output }] });
    },
    setAside({ externalId: id }) {
      decide.mutate({ reviewer, decisions: [{ id, verdict: 'reject' }] });
    },
    dismiss({ id }) {
      if (!isBusy) resolve.mutate({ id, resolution: 'dismissed' });
    },
    isBusy,
    error: resolve.error ?? decide.error,
  };
}
