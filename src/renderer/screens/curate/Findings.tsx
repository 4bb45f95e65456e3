import { useState } from 'react';
import type { CheckLine } from '../../../shared/contract/curate.ts';
import { counted } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Curate.module.css';
import { Cut } from './Cut.tsx';
import { FindingCard } from './FindingCard.tsx';

const PAGE = 50;

/** The open findings of one check, worst first. */
export function Findings({ check }: { readonly check: CheckLine }) {
  const [limit, setLimit] = useState(PAGE);
  const found = useCall('curate.findings', { check: check.id, limit }, { keepsPrevious: true });
  return (
    <Panel title={check.title} aside={<span>{counted(check.open, 'open finding')}</span>}>
      <p className={classes.explanation}>{check.explanation}</p>
      {check.scored !== null && check.scored > 0 && <Cut check={check} />}
      <ErrorPanel error={found.error} />
      {found.isPending && <Loading />}
      {found.data?.findings.length === 0 && (
        <p className={classes.explanation}>Nothing open here.</p>
      )}
      <ul className={classes.findings}>
        {found.data?.findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} />
        ))}
      </ul>
      {found.data?.next && limit < 500 && (
        <button type="button" className={classes.more} onClick={() => setLimit(limit + PAGE)}>
          Show more
        </button>
      )}
    </Panel>
  );
}
