import type { QualityGate } from '../../../shared/contract/curate.ts';
import { sentenceCase, time, withoutCommands } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SetLeaksAside } from '../../ui/SetLeaksAside.tsx';
import classes from './Curate.module.css';

const states = { pass: 'passed', warn: 'warned', fail: 'failed' } as const satisfies Record<
  QualityGate['status'],
  string
>;
const order = { fail: 0, warn: 1, pass: 2 } as const;

/** The gates that sum the checks up, the failed ones first. */
export function QualityGates() {
  const { data } = useCall('curate.gates', {});
  if (!data || data.gates.length === 0) return null;
  const gates = data.gates.toSorted((a, b) => order[a.status] - order[b.status]);
  return (
    <Panel
      title="Quality gates"
      aside={
        data.isStale ? (
          <GateMark state="stale" word="The data have changed since" />
        ) : (
          data.atMs && <span className={classes.score}>{time(data.atMs)}</span>
        )
      }
    >
      <ul className={classes.gates}>
        {gates.map(({ id, status, message }) => (
          <li key={id}>
            <GateMark state={states[status]} word={sentenceCase(id)} />
            <p>{withoutCommands(message)}</p>
            {id === 'contamination' && status === 'fail' && <SetLeaksAside />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
