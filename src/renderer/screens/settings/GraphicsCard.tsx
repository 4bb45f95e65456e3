import { Loader, Switch } from '@mantine/core';
import { useChange } from '../../lib/query.ts';
import { changeSettings } from '../../lib/settings.ts';
import { useUi } from '../../lib/ui-store.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Settings.module.css';

/** Where encoders are fine-tuned: on a graphics card only where it has shown that it computes what the processor does. */
export function GraphicsCard() {
  const provider = useUi(({ settings }) => settings?.provider);
  const check = useChange('engine.checkProvider', ({ problem }, asked) => {
    if (problem === null) void changeSettings(asked);
  });
  const isOn = provider === 'webgpu';
  const toggle = () => {
    check.reset();
    if (isOn) void changeSettings({ provider: 'cpu' });
    else check.mutate({ provider: 'webgpu' });
  };
  return (
    <Panel title="Training">
      <Switch
        label="Fine-tune on the graphics card (WebGPU)"
        description="Every gradient is compared with the processor's first; only where all agree is it used. Not every card is quicker."
        checked={isOn}
        disabled={check.isPending || provider === undefined}
        onChange={toggle}
      />
      <div role="status" className={classes.outcome}>
        {check.isPending && (
          <>
            <Loader size={14} /> Comparing, up to a minute…
          </>
        )}
        {check.data?.problem && <GateMark state="warned" word={check.data.problem} />}
        {check.data?.problem === null && isOn && (
          <GateMark state="passed" word="All gradients agree." />
        )}
      </div>
      <ErrorPanel error={check.error} />
    </Panel>
  );
}
