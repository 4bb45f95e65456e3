import type { AugmentOutcome, RecipeLine } from '../../../shared/contract/augment.ts';
import { bytes, count, dollars, percent, withoutCommands } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Augment.module.css';
import { refusalWords } from './words.ts';

/** What became of each quota, and why drafts were left out. */
export function Outcome({
  outcome,
  recipes,
}: {
  readonly outcome: AugmentOutcome;
  readonly recipes: readonly RecipeLine[];
}) {
  const { accepted, quotas, judge, syntheticShare, sent, costUsd, bytes: size } = outcome;
  const titleOf = (id: string) => recipes.find((recipe) => recipe.id === id)?.title ?? id;
  return (
    <Panel title={`Made ${count(accepted)} drafts`}>
      <PlainTable
        label="What became of each quota"
        rows={quotas}
        keyOf={({ strategy, label }) => `${strategy} ${label ?? ''}`}
        columns={[
          {
            title: 'Recipe',
            cell: ({ strategy, label }) => `${titleOf(strategy)}${label ? `, ${label}` : ''}`,
          },
          { title: 'Wanted', isNumber: true, cell: ({ requested }) => count(requested) },
          { title: 'Kept', isNumber: true, cell: ({ accepted: kept }) => count(kept) },
          { title: 'Left out', cell: leftOut },
        ]}
      />
      <p className={classes.note}>
        Labels were judged by{' '}
        {judge === 'neighbours' ? 'the records most alike' : 'the newest student'}. Made records are{' '}
        {percent(syntheticShare, 0)} of those for training.
        {sent > 0 && ` Sent ${count(sent)} questions, ${bytes(size)}, for ${dollars(costUsd)}.`}
        {outcome.capReached && ' The cap was reached; make again to go on.'}
      </p>
    </Panel>
  );
}

function leftOut({ refused, refusedByGate, problem }: AugmentOutcome['quotas'][number]) {
  if (problem) return <span className={classes.problem}>{withoutCommands(problem)}</span>;
  // The keys are those of the contract.
  const reasons = Object.entries(refused) as [keyof typeof refusalWords, number][];
  return [
    ...reasons.map(([reason, n]) => `${count(n)} ${refusalWords[reason]}`),
    ...(refusedByGate > 0 ? [`${count(refusedByGate)} records may not leave`] : []),
  ].join(', ');
}
