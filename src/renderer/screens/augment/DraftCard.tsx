import { Button } from '@mantine/core';
import type { DraftLine } from '../../../shared/contract/augment.ts';
import { outputText } from '../../lib/output.ts';
import { useForm } from '../../lib/use-form.ts';
import { Diff } from '../../ui/Diff.tsx';
import classes from './Augment.module.css';

/** A made record beside the one it was made from, and the two things to do with it. */
export function DraftCard({
  draft,
  title,
  isActive,
  isBusy,
  onDecide,
}: {
  readonly draft: DraftLine;
  readonly title: string;
  readonly isActive: boolean;
  readonly isBusy: boolean;
  readonly onDecide: (verdict: 'approve' | 'reject') => void;
}) {
  const { text, context, output, parent } = draft;
  const form = useForm();
  return (
    <li className={classes.draft} data-active={isActive} aria-current={isActive}>
      {context && <p className={classes.dim}>{context}</p>}
      <Diff
        before={parent?.text ?? ''}
        after={text}
        beforeTitle={
          parent
            ? `From ${parent.externalId}, ${outputText(parent.output, form)}`
            : 'Without a parent'
        }
        afterTitle={`${title}, ${outputText(output, form)}`}
      />
      <div className={classes.acts}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy}
          onClick={() => onDecide('approve')}
        >
          Accept
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy}
          onClick={() => onDecide('reject')}
        >
          Reject
        </Button>
      </div>
    </li>
  );
}
