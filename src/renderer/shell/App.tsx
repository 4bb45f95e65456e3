import { useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { listen } from '../lib/events.ts';
import { useUi } from '../lib/ui-store.ts';
import { Start } from '../screens/start/Start.tsx';
import { runCommand } from './commands.ts';
import { Palette } from './Palette.tsx';
import { openFromOutside, PassphraseDialog } from './PassphraseDialog.tsx';
import { ProjectShell } from './ProjectShell.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { useKeyboard } from './use-keyboard.ts';

/** The window: the start screen until a project is open, then its shell. */
export function App() {
  const isOpen = useUi((state) => state.projectPath !== null);
  const announcement = useUi((state) => state.announcement);
  useEffect(() => listen({ onCommand: runCommand, onOpened: openFromOutside }), []);
  useKeyboard();
  return (
    <Router hook={useHashLocation}>
      {isOpen ? <ProjectShell /> : <Start />}
      <Palette />
      <Shortcuts />
      <PassphraseDialog />
      <div className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </div>
    </Router>
  );
}
