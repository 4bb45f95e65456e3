import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { DraftLine, RecipeLine } from '../../../shared/contract/augment.ts';
import { count, counted } from '../../lib/format.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { announce } from '../../lib/ui-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useListKeys } from '../../ui/use-list-keys.ts';
import classes from './Augment.module.css';
import { DraftCard } from './DraftCard.tsx';

const PAGE = 25;

/** The made records that wait for a person; each decision, and each decision on all, is one step to undo. */
export function Drafts({ recipes }: { readonly recipes: readonly RecipeLine[] }) {
  const [strategy, setStrategy] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE);
  const reviewer = useReviewer((state) => state.name);
  const wanted = strategy ? { strategy, limit } : { limit };
  const { data, error } = useCall('augment.drafts', wanted, { keepsPrevious: true });
  const decide = useChange('review.decide', (_, { decisions: [decision] }) =>
    announce(decision?.verdict === 'approve' ? 'Draft accepted' : 'Draft rejected'),
  );
  const decideAll = useChange('review.decideWhere', ({ decided, skipped }) =>
    announce(
      `${counted(decided, 'draft')} decided${skipped.highStakes > 0 ? `; ${skipped.highStakes} with a high-stakes label are left` : ''}`,
    ),
  );
  const drafts = data?.drafts ?? [];
  const total = data?.total ?? 0;
  const titleOf = (id: string) => recipes.find((recipe) => recipe.id === id)?.title ?? id;
  const isBusy = decide.isPending || decideAll.isPending;

  const settle = (draft: DraftLine, verdict: 'approve' | 'reject') => {
    if (!isBusy) decide.mutate({ reviewer, decisions: [{ id: draft.externalId, verdict }] });
  };
  const settleAll = (verdict: 'approve' | 'reject') =>
    decideAll.mutate({
      reviewer,
      verdict,
      filter: `origin = synthetic and status in (new, labelled)${strategy ? ` and strategy = "${strategy}"` : ''}`,
    });
  const keys = useListKeys(drafts, {
    a: (draft) => settle(draft, 'approve'),
    x: (draft) => settle(draft, 'reject'),
  });

  if (!data && !error) return <Loading words="Reading the drafts…" />;
  if (data && total === 0 && !strategy)
    return (
      <EmptyState title="No drafts wait">
        Give a recipe a number, look at three, then make the rest. What is made stays a draft until
        you accept it here; it follows its parent into the same split, and none is made from the
        holdout.
      </EmptyState>
    );
  return (
    <Panel
      title={`Drafts: ${count(total)}`}
      aside={
        <Select
          size="xs"
          clearable
          aria-label="Recipe of the drafts"
          placeholder="Every recipe"
          clearButtonProps={{ 'aria-label': 'Every recipe' }}
          data={recipes
            .filter(({ drafts: own }) => own > 0)
            .map(({ id, title }) => ({ value: id, label: title }))}
          value={strategy}
          onChange={(value) => {
            setStrategy(value);
            keys.setActive(0);
          }}
        />
      }
    >
      <ErrorPanel error={error ?? decide.error ?? decideAll.error} />
      <div className={classes.bulk}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy || total === 0}
          onClick={() => settleAll('approve')}
        >
          Accept all {count(total)}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy || total === 0}
          onClick={() => settleAll('reject')}
        >
          Reject all {count(total)}
        </Button>
        <span className={classes.dim}>↑ ↓ move · A accept · X reject</span>
      </div>
      {decideAll.data && decideAll.data.skipped.highStakes > 0 && (
        <p className={classes.note}>
          {counted(decideAll.data.skipped.highStakes, 'draft')} with a high-stakes label are left to
          be looked at one by one.
        </p>
      )}
      <ul
        className={classes.drafts}
        aria-label="Drafts"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from draft to draft
        tabIndex={0}
        onKeyDown={keys.onKeyDown}
      >
        {drafts.map((draft, index) => (
          <DraftCard
            key={draft.key}
            draft={draft}
            title={titleOf(draft.strategy)}
            isActive={index === keys.active}
            isBusy={isBusy}
            onDecide={(verdict) => settle(draft, verdict)}
          />
        ))}
      </ul>
      {total > drafts.length && (
        <Button variant="default" size="compact-sm" onClick={() => setLimit(limit + PAGE)}>
          Show more
        </Button>
      )}
    </Panel>
  );
}
