import { Button } from '@mantine/core';
import { count, counted, percent } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall } from '../../lib/query.ts';
import { useForm } from '../../lib/use-form.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SetLeaksAside } from '../../ui/SetLeaksAside.tsx';
import { FormCard } from './FormCard.tsx';
import { Holdout } from './Holdout.tsx';
import { ReplyCard } from './ReplyCard.tsx';
import classes from './Review.module.css';
import { ReviewCard } from './ReviewCard.tsx';
import { SampleReviewers } from './SampleReviewers.tsx';
import { useQueue } from './use-queue.ts';

/** One record after the other, the most valuable first; then the sealing of the holdout. */
export function Review() {
  const summary = useSummary();
  const state = useCall('review.state', {});
  const queue = useQueue();
  const form = useForm();
  const split = useJob('split', 'review.split');
  const seal = useJob('seal', 'review.seal');
  const hasSplit = (summary?.bySplit.holdout ?? 0) > 0;
  const isSealed = Boolean(state.data?.seal);
  const action = isSealed ? null : hasSplit ? (
    <Holdout state={state.data} seal={seal} />
  ) : (
    <Button
      disabled={!summary || summary.labelled === 0}
      loading={split.isRunning}
      onClick={() => void split.start({})}
    >
      Split the records
    </Button>
  );

  return (
    <ScreenFrame action={action} inspector={state.data && <ReviewFacts {...state.data} />}>
      <ErrorPanel
        error={seal.error}
        action={
          <>
            <SetLeaksAside />
            <Button
              size="compact-sm"
              variant="default"
              loading={split.isRunning}
              onClick={() => void split.start({})}
            >
              Split again without them
            </Button>
          </>
        }
      />
      <ErrorPanel error={split.error ?? queue.error ?? state.error} />
      <JobProgress job={split.isRunning ? split.job : seal.isRunning ? seal.job : undefined} />
      {summary && !hasSplit && summary.labelled > 0 && (
        <Notice label="No holdout yet">
          <p>
            Nothing is held out yet. Splitting keeps copies together and sets two parts aside: one
            for the test that you seal, one for the threshold of Route. A person judges both, here,
            before anything else.
          </p>
        </Notice>
      )}
      {summary?.isSample && <SampleReviewers />}
      {queue.item ? (
        form ? (
          <FormCard key={queue.item.id} queue={queue} item={queue.item} form={form} />
        ) : summary?.task.kind === 'rewrite' ? (
          <ReplyCard key={queue.item.id} queue={queue} item={queue.item} />
        ) : (
          <ReviewCard key={queue.item.id} queue={queue} item={queue.item} />
        )
      ) : queue.isLoading ? (
        <Loading words="Ordering the records by what a look at them is worth…" />
      ) : (
        <EmptyState title="Nothing waits for you">
          {state.data ? `${counted(state.data.decided, 'record')} reviewed. ` : ''}
          Records come here when they have a label that no person has looked at.
          {isSealed ? '' : ' Next: seal the holdout.'}
        </EmptyState>
      )}
    </ScreenFrame>
  );
}

type Facts = NonNullable<ReturnType<typeof useCall<'review.state'>>['data']>;

function ReviewFacts({ decided, unreviewed, holdout, seal, looks, agreement }: Facts) {
  const facts = [
    ['Reviewed', count(decided)],
    ['Not looked at yet', count(unreviewed)],
    ['Holdout', `${count(holdout.reviewed)} of ${count(holdout.rows)} reviewed`],
    ['Seal', seal ? `${counted(seal.rows, 'record')} sealed` : 'not sealed'],
    ['Looks at the holdout', count(looks.holdout)],
    [
      'Two reviewers agree',
      agreement.kappa === null
        ? 'no record judged twice'
        : `on ${percent(agreement.agreement ?? 0, 0)} of ${counted(agreement.pairs, 'record')} (κ ${agreement.kappa.toFixed(2)})`,
    ],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {seal && (
        <div>
          <dt>At 90 % accuracy it can tell</dt>
          <dd>
            ±{(((seal.intervalAt90.high - seal.intervalAt90.low) / 2) * 100).toFixed(1)} points
          </dd>
        </div>
      )}
    </dl>
  );
}
