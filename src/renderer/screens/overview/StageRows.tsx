import { Loader } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { GateState, ProjectSummary } from '../../../shared/contract/project.ts';
import { withoutCommands } from '../../lib/format.ts';
import { GateMark } from '../../ui/Marks.tsx';
import classes from './Overview.module.css';
import { useRunItAll } from './run-it-all.ts';
import { type StageFact, stageFacts } from './stage-facts.ts';

const gateTitles = {
  consent: 'Consent',
  quality: 'Quality',
  sealed: 'Holdout sealed',
  contamination: 'Contamination',
  evaluation: 'Evaluation',
  guarantee: 'Guarantee',
} as const satisfies Record<GateState['id'], string>;

/** One line for each stage: whether it is done, what there is, and what its gates say. */
export function StageRows({ summary }: { readonly summary: ProjectSummary }) {
  return (
    <ol className={classes.rows} aria-label="Stages and gates">
      {stageFacts(summary).map((fact) => (
        <li key={fact.screen} className={classes.stage}>
          <Link href={`~/${fact.screen}`} className={classes.row}>
            <StageState fact={fact} path={summary.path} />
            <span className={classes.number}>{fact.number}</span>
            <strong>{fact.title}</strong>
            <span className={classes.facts}>{fact.words}</span>
          </Link>
          <ul className={classes.gates}>
            {summary.gates
              .filter(({ id }) => fact.gates.includes(id))
              .map(({ id, state, message }) => (
                <li key={id} className={classes.gate}>
                  <GateMark state={state} word={gateTitles[id]} />
                  <span className={classes.gateMessage}>{withoutCommands(message)}</span>
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function StageState({ fact, path }: { readonly fact: StageFact; readonly path: string }) {
  const isAtWork = useRunItAll(
    (run) => run.path === path && run.state === 'running' && run.stage === fact.number,
  );
  if (isAtWork) return <Loader size={16} aria-label="at work" />;
  return fact.isDone ? (
    <IconCircleCheckFilled size={16} className={classes.tick} role="img" aria-label="done" />
  ) : (
    <IconCircle size={16} className={classes.open} role="img" aria-label="not yet" />
  );
}
