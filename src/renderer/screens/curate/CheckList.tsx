import { UnstyledButton } from '@mantine/core';
import type { CheckLine } from '../../../shared/contract/curate.ts';
import { count } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Curate.module.css';

/** Every check with its open findings. */
export function CheckList({
  checks,
  current,
  onChoose,
}: {
  readonly checks: readonly CheckLine[];
  readonly current: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <Panel title="Checks">
      <ul className={classes.checks}>
        {checks.map(({ id, title, open, scored }) => (
          <li key={id}>
            <UnstyledButton
              className={classes.check}
              aria-current={id === current}
              onClick={() => onChoose(id)}
            >
              <span>{title}</span>
              <span className={classes.open} data-any={open > 0}>
                {scored === null ? 'not run' : count(open)}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
