import type { QualityGate } from '../../../shared/contract/curate.ts';
import { counted, sentenceCase, time, withoutCommands } from '../../lib/format.ts';
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

/** The gates that sum the checks up: those not passed in full, the failed ones first; the others folded. */
export function QualityGates() {
  const { data } = useCall('curate.gates', {});
  if (!data || data.gates.length === 0) return null;
  const open = data.gates
    .filter(({ status }) => status !== 'pass')
    .toSorted((a, b) => order[a.status] - order[b.status]);
  const passed = data.gates.filter(({ status }) => status === 'pass');
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
      {open.length > 0 && <GateList gates={open} />}
      {passed.length > 0 && (
        <details className={classes.passed}>
          <summary>
            <GateMark state="passed" word={counted(passed.length, 'gate passed', 'gates passed')} />
            <span className={classes.more}>what each found</span>
          </summary>
          <GateList gates={passed} />
        </details>
      )}
    </Panel>
  );
}

function GateList({ gates }: { readonly gates: readonly QualityGate[] }) {
  return (
    <ul className={classes.gates}>
      {gates.map(({ id, status, message }) => (
        <li key={id}>
          <GateMark state={states[status]} word={sentenceCase(id)} />
          <p>{withoutCommands(message)}</p>
          {id === 'contamination' && status === 'fail' && <SetLeaksAside />}
        </li>
      ))}
    </ul>
  );
}
