import { resolve } from 'node:path';
import { app } from 'electron';

const projectExtension = '.stillroom';

/** The project that a command line names, as when a file was double-clicked; its path is made whole. */
export function projectIn(argv: readonly string[], folder: string): string | undefined {
  const named = argv
    .slice(1)
    .find((word) => word.endsWith(projectExtension) && !word.startsWith('-'));
  return named === undefined ? undefined : resolve(folder, named);
}

/**
 * Calls `open` for each start: this one, and every later one that was handed to us. macOS names files by an event, which
 * may come before the app is ready.
 */
export function openGivenFiles(open: (path: string | undefined) => void): void {
  let early: string | undefined;
  let isReady = false;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isReady) open(path);
    else early = path;
  });
  app.on('second-instance', (_event, argv, folder) => {
    if (isReady) open(projectIn(argv, folder));
  });
  void app.whenReady().then(() => {
    isReady = true;
    open(early ?? projectIn(process.argv, process.cwd()));
  });
}
