import { Suspense, useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { listen } from '../lib/events.ts';
import { changeSettings } from '../lib/settings.ts';
import { useUi } from '../lib/ui-store.ts';
import { useFirstPicture } from '../lib/use-first-picture.ts';
import { loadScreens } from '../screens/index.ts';
import { later } from '../screens/later.tsx';
import { Start } from '../screens/start/Start.tsx';
import { About } from './About.tsx';
import classes from './App.module.css';
import { runCommand } from './commands.ts';
import { LockScreen } from './LockScreen.tsx';
import { Palette } from './Palette.tsx';
import { openFromOutside, PassphraseDialog } from './PassphraseDialog.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { useKeyboard } from './use-keyboard.ts';
import { useProjectDrop } from './use-project-drop.ts';

const ProjectShell = later(async () => (await import('./ProjectShell.tsx')).ProjectShell);

/** The window: the start screen until a project is open, then its shell. */
export function App() {
  const isOpen = useUi((state) => state.projectPath !== null);
  const isLocked = useUi((state) => state.lock !== null);
  const announcement = useUi((state) => state.announcement);
  useEffect(() => listen({ onCommand: runCommand, onOpened: openFromOutside }), []);
  useEffect(() => void changeSettings({}), []);
  const hasFirstPicture = useFirstPicture();
  useEffect(() => {
    if (hasFirstPicture) void Promise.all([ProjectShell.load(), loadScreens()]);
  }, [hasFirstPicture]);
  useKeyboard();
  useProjectDrop();
  return (
    <Router hook={useHashLocation}>
      <div className={classes.all} data-locked={isLocked} inert={isLocked}>
        <Suspense>{isOpen ? <ProjectShell /> : <Start />}</Suspense>
      </div>
      <LockScreen />
      {hasFirstPicture && (
        <>
          <Palette />
          <Shortcuts />
          <About />
          <PassphraseDialog />
        </>
      )}
      <div className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </div>
    </Router>
  );
}
