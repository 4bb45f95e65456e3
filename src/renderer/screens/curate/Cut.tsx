import { Button, NumberInput, Slider } from '@mantine/core';
import { useState } from 'react';
import type { CheckLine } from '../../../shared/contract/curate.ts';
import { count } from '../../lib/format.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { Histogram } from '../../ui/chart/Histogram.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import classes from './Curate.module.css';

/** Moves the line below which a score is a flag; recounts at once and never scores anew. */
export function Cut({ check }: { readonly check: CheckLine }) {
  const [threshold, setThreshold] = useState(check.defaultThreshold);
  const counted = useCall('curate.cut', { check: check.id, threshold }, { keepsPrevious: true });
  const keep = useChange('curate.cut');
  const flagged = counted.data?.flagged ?? check.open;
  const label = `${check.title} cut, ${threshold.toFixed(2)}, ${count(flagged)} flagged`;
  return (
    <div className={classes.cut}>
      <div className={classes.scores}>
        <Histogram
          label={`Scores of ${check.title}; those below ${threshold.toFixed(2)} are flagged`}
          bins={check.histogram}
          cut={threshold}
        />
        <Slider
          size="sm"
          min={0}
          max={1}
          step={0.01}
          label={null}
          thumbLabel={label}
          value={threshold}
          onChange={setThreshold}
        />
        <div className={classes.ends}>
          <span>0 surely a problem</span>
          <span>1 surely fine</span>
        </div>
      </div>
      <div className={classes.flagging}>
        <NumberInput
          size="xs"
          w={88}
          aria-label={`${check.title} cut`}
          min={0}
          max={1}
          step={0.01}
          decimalScale={2}
          value={threshold}
          onChange={(value) => setThreshold(Math.max(0, Math.min(1, Number(value) || 0)))}
        />
        <p>
          <strong>{count(flagged)}</strong> score below the cut
        </p>
        <Button
          size="compact-sm"
          variant="default"
          loading={keep.isPending}
          disabled={threshold === check.defaultThreshold && flagged === check.open}
          onClick={() => keep.mutate({ check: check.id, threshold, isKept: true })}
        >
          Flag these {count(flagged)}
        </Button>
        <ErrorPanel error={keep.error} />
      </div>
    </div>
  );
}
