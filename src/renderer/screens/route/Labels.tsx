import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LabelRoute } from '../../../shared/contract/route.ts';
import { count, percent } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';

const SHOWN = 12;

/** How much of each label it answers alone, those with errors first. */
export function Labels({ labels }: { readonly labels: readonly LabelRoute[] }) {
  const [isWhole, setIsWhole] = useState(false);
  if (labels.length === 0) return null;
  const sorted = labels.toSorted((a, b) => b.errors - a.errors || b.n - a.n);
  return (
    <Panel title="By label">
      <PlainTable
        label="Routing by label"
        rows={isWhole ? sorted : sorted.slice(0, SHOWN)}
        keyOf={({ label }) => label}
        columns={[
          { title: 'Label', cell: ({ label }) => label },
          { title: 'Records', isNumber: true, cell: ({ n }) => count(n) },
          {
            title: 'Answered alone',
            isNumber: true,
            cell: ({ accepted, n }) => `${count(accepted)} (${percent(accepted / n, 0)})`,
          },
          { title: 'Wrong', isNumber: true, cell: ({ errors }) => count(errors) },
        ]}
      />
      {!isWhole && sorted.length > SHOWN && (
        <Button mt="sm" size="compact-sm" variant="default" onClick={() => setIsWhole(true)}>
          Show all {count(sorted.length)}
        </Button>
      )}
    </Panel>
  );
}
