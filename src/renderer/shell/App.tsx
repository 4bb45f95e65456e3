import { useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { listen } from '../lib/events.ts';
import { changeSettings } from '../lib/settings.ts';
import { useUi } from '../lib/ui-store.ts';
import { Start } from '../screens/start/Start.tsx';
import { About } from './About.tsx';
import classes from './App.module.css';
import { runCommand } from './commands.ts';
import { LockScreen } from './LockScreen.tsx';
import { Palette } from './Palette.tsx';
import { openFromOutside, PassphraseDialog } from './PassphraseDialog.tsx';
import { ProjectShell } from './ProjectShell.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { useKeyboard } from './use-keyboard.ts';
import { useProjectDrop } from './use-project-drop.ts';

/** The window: the start screen until a project is open, then its shell. */
export function App() {
  const isOpen = useUi((state) => state.projectPath !== null);
  const isLocked = useUi((state) => state.lock !== null);
  const announcement = useUi((state) => state.announcement);
  useEffect(() => listen({ onCommand: runCommand, onOpened: openFromOutside }), []);
  useEffect(() => void changeSettings({}), []);
  useKeyboard();
  useProjectDrop();
  return (
    <Router hook={useHashLocation}>
      <div className={classes.all} data-locked={isLocked} inert={isLocked}>
        {isOpen ? <ProjectShell /> : <Start />}
      </div>
      <LockScreen />
      <Palette />
      <Shortcuts />
      <About />
      <PassphraseDialog />
      <div className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </div>
    </Router>
  );
}
