import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LabelRoute } from '../../../shared/contract/route.ts';
import type { TaskKind } from '../../../shared/domain/task.ts';
import { count, percent } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';

const SHOWN = 12;

/** What the answers of a kind of task are told apart by. */
const parts: Readonly<Record<TaskKind, string>> = {
  classify: 'label',
  extract: 'label',
  tools: 'function',
  rewrite: 'type of reply',
};

/** How much of each label, function or type of reply it answers alone, those with errors first. */
export function Labels({ labels }: { readonly labels: readonly LabelRoute[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const part = parts[useSummary()?.task.kind ?? 'classify'];
  if (labels.length === 0) return null;
  const sorted = labels.toSorted((a, b) => b.errors - a.errors || b.n - a.n);
  return (
    <Panel title={`By ${part}`}>
      <PlainTable
        label={`Routing by ${part}`}
        rows={isWhole ? sorted : sorted.slice(0, SHOWN)}
        keyOf={({ label }) => label}
        columns={[
          { title: `${part[0]!.toUpperCase()}${part.slice(1)}`, cell: ({ label }) => label },
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
