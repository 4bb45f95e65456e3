import { Select, Switch } from '@mantine/core';
import { changeSettings, toggleCover, toggleOffline } from '../../lib/settings.ts';
import { useUi } from '../../lib/ui-store.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Settings.module.css';

const never = 'never';
const choices = [
  { value: '1', label: 'After 1 minute' },
  { value: '5', label: 'After 5 minutes' },
  { value: '10', label: 'After 10 minutes' },
  { value: '30', label: 'After 30 minutes' },
  { value: never, label: 'Never' },
];

/** What others may see of the screen, and whether anything may be sent. */
export function OnScreen() {
  const settings = useUi((state) => state.settings);
  const isCovered = useUi((state) => state.isCovered);
  if (!settings) return null;
  const { contrast, lockAfterMinutes, isOffline } = settings;
  return (
    <Panel title="Screen and network">
      <Switch
        label="High contrast"
        description="Strong lines and texts, also where the system does not ask for them."
        checked={contrast === 'high'}
        onChange={() => void changeSettings({ contrast: contrast === 'high' ? 'system' : 'high' })}
      />
      <Switch
        mt="sm"
        label="Cover record texts (Ctrl+Shift+H)"
        description="For screen sharing: every character of a record is drawn as a dot. Until the app is closed."
        checked={isCovered}
        onChange={toggleCover}
      />
      <Select
        mt="sm"
        className={classes.field}
        label="Lock the window when nobody is here"
        description="An encrypted project wants its passphrase again; another is only covered. Jobs go on."
        data={choices}
        allowDeselect={false}
        value={lockAfterMinutes === null ? never : String(lockAfterMinutes)}
        onChange={(value) =>
          void changeSettings({ lockAfterMinutes: value === never ? null : Number(value) })
        }
      />
      <Switch
        mt="sm"
        label="Offline"
        description="The gate is closed for all projects: nothing is sent, not even to programs on this computer."
        checked={isOffline}
        onChange={() => void toggleOffline()}
      />
    </Panel>
  );
}
