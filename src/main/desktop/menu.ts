import { basename } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

const isMac = process.platform === 'darwin';

export interface MenuActions {
  /** Paths of projects, the newest first. */
  readonly recents: readonly string[];
  readonly isOffline: boolean;
  newWindow(): void;
  open(path: string): void;
  setOffline(isOffline: boolean): void;
  lock(): void;
  send(command: string): void;
}

/** The native menu; what a window must do itself is sent to it as a command, under the same name as in its palette. */
export function buildMenu(actions: MenuActions): void {
  const command = (
    label: string,
    name: string,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    ...(accelerator ? { accelerator } : {}),
    click: () => actions.send(name),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New project…', 'project.new', 'CmdOrCtrl+N'),
        command('Open…', 'project.open', 'CmdOrCtrl+O'),
        {
          label: 'Open recent',
          enabled: actions.recents.length > 0,
          submenu: actions.recents.map((path) => ({
            label: basename(path, '.stillroom'),
            toolTip: path,
            click: () => actions.open(path),
          })),
        },
        { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        separator,
        command('Import file…', 'collect.import', 'CmdOrCtrl+I'),
        command('Save a copy…', 'project.copy', 'CmdOrCtrl+Shift+S'),
        command('Close project', 'project.close'),
        separator,
        {
          label: 'Offline: nothing is sent',
          type: 'checkbox',
          checked: actions.isOffline,
          click: ({ checked }) => actions.setOffline(checked),
        },
        { label: 'Lock this window', accelerator: 'CmdOrCtrl+Shift+L', click: actions.lock },
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        // The window tells a text field's own undo from the project's, so that the key is left to it.
        { ...command('Undo last change', 'undo', 'CmdOrCtrl+Z'), registerAccelerator: false },
        {
          ...command('Do again what was undone', 'redo', 'CmdOrCtrl+Shift+Z'),
          registerAccelerator: false,
        },
        command('History of changes', 'history', isMac ? undefined : 'Ctrl+H'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        command('Search and commands…', 'palette', 'CmdOrCtrl+K'),
        command('Overview', 'go.overview', 'Alt+Home'),
        separator,
        ...stages.map(([label, path], index) =>
          command(label, `go.${path}`, `CmdOrCtrl+${index + 1}`),
        ),
        separator,
        command('Jobs', 'jobs', 'CmdOrCtrl+J'),
        command('Ledger', 'go.ledger', 'CmdOrCtrl+L'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        separator,
        command('Cover record texts', 'cover', 'CmdOrCtrl+Shift+H'),
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      label: '&Help',
      submenu: [
        command('Keyboard shortcuts', 'shortcuts', 'F1'),
        command('Copy diagnostics', 'diagnostics'),
        separator,
        command('About Stillroom', 'about'),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const stages = [
  ['Collect', 'collect'],
  ['Teach', 'teach'],
  ['Curate', 'curate'],
  ['Augment', 'augment'],
  ['Review', 'review'],
  ['Train', 'train'],
  ['Evaluate', 'evaluate'],
  ['Route', 'route'],
  ['Export', 'export'],
] as const;
