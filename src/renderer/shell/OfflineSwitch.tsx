import { UnstyledButton } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { toggleOffline } from '../lib/settings.ts';
import { useUi } from '../lib/ui-store.ts';
import classes from './StatusBar.module.css';

/** Closes the gate of every project at once, or opens it again. */
export function OfflineSwitch() {
  const isOffline = useUi((state) => state.settings?.isOffline ?? false);
  const Icon = isOffline ? IconPlugConnectedX : IconPlugConnected;
  return (
    <UnstyledButton
      className={classes.item}
      role="switch"
      aria-checked={isOffline}
      aria-label="Offline"
      onClick={() => void toggleOffline()}
    >
      <Icon size={14} aria-hidden /> {isOffline ? 'Offline: nothing is sent' : 'Offline is off'}
    </UnstyledButton>
  );
}
