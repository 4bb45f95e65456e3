import { spotlight } from '@mantine/spotlight';
import { navigate } from 'wouter/use-hash-location';
import { call } from '../lib/bridge.ts';
import { callDesktop } from '../lib/desktop.ts';
import { copyDiagnostics } from '../lib/diagnostics.ts';
import { toggleInspector } from '../lib/inspector-store.ts';
import { closeProject } from '../lib/project.ts';
import { toggleCover, toggleOffline } from '../lib/settings.ts';
import {
  announce,
  setAboutOpen,
  setShortcutsOpen,
  toggleHistory,
  toggleJobs,
  useUi,
} from '../lib/ui-store.ts';
import { screens } from '../screens/index.ts';
import { pathOf } from '../screens/screen.ts';
import { chooseAndOpen, startNewProject } from './open-project.ts';
import { saveCopy } from './save-copy.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
  readonly needsProject: boolean;
  readonly run: () => void;
}

const go = (id: string) => navigate(pathOf(id));

/** What can be done from anywhere; the native menu and the palette name the same commands. */
export const commands: readonly Command[] = [
  ...screens.map(({ id, title, stage }) => ({
    id: `go.${id}`,
    label: `Go to ${title}`,
    ...(stage ? { keys: `Ctrl+${stage}` } : {}),
    needsProject: true,
    run: () => go(id),
  })),
  {
    id: 'collect.import',
    label: 'Import file…',
    keys: 'Ctrl+I',
    needsProject: true,
    run: () => navigate('/collect/import'),
  },
  {
    id: 'undo',
    label: 'Undo last change',
    keys: 'Ctrl+Z',
    needsProject: true,
    run: () => void undo(),
  },
  {
    id: 'redo',
    label: 'Do again what was undone',
    keys: 'Ctrl+Shift+Z',
    needsProject: true,
    run: () => void redo(),
  },
  {
    id: 'history',
    label: 'Show the history of changes',
    keys: 'Ctrl+H',
    needsProject: true,
    run: toggleHistory,
  },
  {
    id: 'inspector',
    label: 'Show or hide the details',
    keys: 'Ctrl+B',
    needsProject: true,
    run: toggleInspector,
  },
  { id: 'jobs', label: 'Show jobs', keys: 'Ctrl+J', needsProject: true, run: toggleJobs },
  {
    id: 'project.new',
    label: 'New project…',
    keys: 'Ctrl+N',
    needsProject: false,
    run: () => void startNewProject(),
  },
  {
    id: 'project.open',
    label: 'Open project…',
    keys: 'Ctrl+O',
    needsProject: false,
    run: () => void chooseAndOpen(),
  },
  {
    id: 'project.copy',
    label: 'Save a copy…',
    keys: 'Ctrl+Shift+S',
    needsProject: true,
    run: () => void saveCopy(),
  },
  {
    id: 'project.close',
    label: 'Close project',
    needsProject: true,
    run: () => void closeProject(),
  },
  {
    id: 'cover',
    label: 'Cover or show record texts',
    keys: 'Ctrl+Shift+H',
    needsProject: true,
    run: toggleCover,
  },
  {
    id: 'lock',
    label: 'Lock this window',
    keys: 'Ctrl+Shift+L',
    needsProject: true,
    run: () => void callDesktop('desktop.lock', {}),
  },
  {
    id: 'offline',
    label: 'Switch Offline on or off',
    needsProject: false,
    run: () => void toggleOffline(),
  },
  {
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    keys: 'F1',
    needsProject: false,
    run: () => setShortcutsOpen(true),
  },
  {
    id: 'diagnostics',
    label: 'Copy diagnostics',
    needsProject: false,
    run: () => void copyDiagnostics(),
  },
  {
    id: 'about',
    label: 'About Stillroom',
    needsProject: false,
    run: () => setAboutOpen(true),
  },
  {
    id: 'palette',
    label: 'Search and commands…',
    keys: 'Ctrl+K',
    needsProject: false,
    run: () => spotlight.open(),
  },
];

/** Runs a command by its name, as the menu sends it; one that needs a project waits for one. */
export function runCommand(id: string): void {
  const command = commands.find((one) => one.id === id);
  if (command && (!command.needsProject || useUi.getState().projectPath !== null)) command.run();
}

export async function undo(): Promise<void> {
  const { name } = await call('project.undo', {});
  announce(name === null ? 'Nothing to undo' : `Undone: ${name}`);
}

export async function redo(): Promise<void> {
  const { name } = await call('project.redo', {});
  announce(name === null ? 'Nothing to do again' : `Done again: ${name}`);
}
