import { Button, SegmentedControl, TextInput, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callDesktop } from '../../lib/desktop.ts';
import { copyDiagnostics } from '../../lib/diagnostics.ts';
import { bytes } from '../../lib/format.ts';
import { queryClient, useCall } from '../../lib/query.ts';
import { setReviewer, useReviewer } from '../../lib/reviewer.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { GraphicsCard } from './GraphicsCard.tsx';
import { Keys } from './Keys.tsx';
import { OnScreen } from './OnScreen.tsx';
import { ProjectLabels } from './ProjectLabels.tsx';
import classes from './Settings.module.css';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const states = { ok: 'passed', warn: 'warned', fail: 'failed' } as const;

/** Appearance, the name in reviews, keys, and how the engine is. */
export function Settings() {
  const theme = useQuery({
    queryKey: ['desktop.theme'],
    queryFn: () => callDesktop('desktop.theme', {}),
  });
  const { setColorScheme } = useMantineColorScheme();
  const name = useReviewer((state) => state.name);
  const diagnostics = useCall('engine.diagnostics', {});
  const choose = async (value: 'system' | 'light' | 'dark') => {
    await callDesktop('desktop.theme', { theme: value });
    setColorScheme(value === 'system' ? 'auto' : value);
    await queryClient.invalidateQueries({ queryKey: ['desktop.theme'] });
  };
  return (
    <ScreenFrame>
      <div className={classes.column}>
        <Panel title="Appearance">
          <SegmentedControl
            aria-label="Theme"
            data={themes.map((one) => ({ ...one }))}
            value={theme.data?.theme ?? 'system'}
            onChange={(value) => void choose(themes.find((one) => one.value === value)!.value)}
          />
        </Panel>
        <OnScreen />
        <Panel title="Reviews">
          <TextInput
            className={classes.field}
            label="Your name in reviews"
            description="Kept with each decision, so that two reviewers can be compared."
            maxLength={200}
            value={name}
            onChange={(event) => setReviewer(event.currentTarget.value)}
            {...(name.trim() === '' ? { error: 'A decision needs a name.' } : {})}
          />
        </Panel>
        <ProjectLabels />
        <GraphicsCard />
        <Keys />
        <Panel
          title="Engine"
          aside={
            <Button size="compact-sm" variant="default" onClick={() => void copyDiagnostics()}>
              Copy diagnostics
            </Button>
          }
        >
          {diagnostics.data && (
            <>
              <p className={classes.dim}>
                Stillroom {diagnostics.data.version} · Node {diagnostics.data.node} ·{' '}
                {diagnostics.data.platform} · {bytes(diagnostics.data.memoryBytes)} in use
              </p>
              <ul className={classes.list}>
                {diagnostics.data.symptoms.map(({ id, status, message }) => (
                  <li key={id}>
                    <GateMark state={states[status]} word="" /> {message}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Panel>
      </div>
    </ScreenFrame>
  );
}
