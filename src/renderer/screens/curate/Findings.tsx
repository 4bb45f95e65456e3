import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CheckLine, FindingLine } from '../../../shared/contract/curate.ts';
import { counted } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useListKeys } from '../../ui/use-list-keys.ts';
import classes from './Curate.module.css';
import { Cut } from './Cut.tsx';
import { FindingCard } from './FindingCard.tsx';
import { useFindingActs } from './use-finding-acts.ts';

const PAGE = 50;
const MOST = 500;

/** The open findings of one check, worst first. */
export function Findings({ check }: { readonly check: CheckLine }) {
  const [limit, setLimit] = useState(PAGE);
  const found = useCall('curate.findings', { check: check.id, limit }, { keepsPrevious: true });
  const acts = useFindingActs();
  const findings: readonly FindingLine[] = found.data?.findings ?? [];
  const keys = useListKeys(findings, { a: acts.agree, x: acts.dismiss });
  const hasSuggestions = findings.some(({ suggestion }) => suggestion !== null);
  return (
    <Panel title={check.title} aside={<span>{counted(check.open, 'open finding')}</span>}>
      <p className={classes.explanation}>{check.explanation}</p>
      {check.scored !== null && check.scored > 0 && <Cut check={check} />}
      <ErrorPanel error={found.error ?? acts.error} />
      {found.isPending && <Loading />}
      {found.data && findings.length === 0 && (
        <p className={classes.explanation}>
          {check.scored === null ? 'This check has not run yet.' : 'Nothing open here.'}
        </p>
      )}
      {findings.length > 0 && (
        <p className={classes.keys}>↑ ↓ move{hasSuggestions && ' · A agree'} · X dismiss</p>
      )}
      <ul
        className={classes.findings}
        aria-label={`Findings, ${check.title}`}
        tabIndex={findings.length > 0 ? 0 : -1}
        onKeyDown={keys.onKeyDown}
      >
        {findings.map((finding, index) => (
          <FindingCard
            key={finding.id}
            finding={finding}
            acts={acts}
            isActive={index === keys.active}
          />
        ))}
      </ul>
      {found.data?.next && limit < MOST && (
        <Button
          mt="md"
          size="compact-sm"
          variant="default"
          onClick={() => setLimit(Math.min(MOST, limit + PAGE))}
        >
          Show more
        </Button>
      )}
    </Panel>
  );
}
