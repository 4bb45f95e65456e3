import type { GateState } from '../../../shared/contract/project.ts';
import { withoutCommands } from '../../lib/format.ts';
import { GateMark } from '../../ui/Marks.tsx';
import classes from './Overview.module.css';

const titles = {
  consent: 'Consent',
  quality: 'Quality',
  sealed: 'Holdout sealed',
  contamination: 'Contamination',
  evaluation: 'Evaluation',
  guarantee: 'Guarantee',
} as const satisfies Record<GateState['id'], string>;

/** The gates with what each found; they stop actions, never the way around. */
export function Gates({ gates }: { readonly gates: readonly GateState[] }) {
  return (
    <ul className={classes.rows} aria-label="Gates">
      {gates.map(({ id, state, message }) => (
        <li key={id} className={classes.gate}>
          <strong>{titles[id]}</strong>
          <span />
          <GateMark state={state} />
          <span className={classes.gateMessage}>{withoutCommands(message)}</span>
        </li>
      ))}
    </ul>
  );
}
