import { navigate } from 'wouter/use-hash-location';
import { CallError } from '../lib/bridge.ts';
import { callDesktop, chooseFile, chooseSavePath, projectFiles } from '../lib/desktop.ts';
import { openProject, openSample } from '../lib/project.ts';
import { useDialogs } from './dialogs.ts';

/** Opens a project, asking for its passphrase when it wants one; what went wrong is shown on the start screen. */
export async function open(
  path: string,
  passphrase?: string,
  { isRemembered = false } = {},
): Promise<void> {
  useDialogs.setState({ openError: null });
  try {
    await openProject(passphrase ? { path, passphrase } : { path });
    if (passphrase && isRemembered) await callDesktop('desktop.rememberPassphrase', {});
    useDialogs.setState({ locked: null });
    navigate('/overview');
  } catch (error) {
    const problem = error as Error;
    if (problem instanceof CallError && problem.code === 'store.key')
      useDialogs.setState({
        locked: { path, message: passphrase ? problem.message : null },
      });
    else useDialogs.setState({ openError: problem, locked: null });
  }
}

export async function chooseAndOpen(): Promise<void> {
  const path = await chooseFile('Open project', projectFiles);
  if (path) await open(path);
}

/** Asks where the writable copy of the sample goes, and opens it. */
export async function trySample(): Promise<void> {
  useDialogs.setState({ openError: null });
  try {
    const path = await chooseSavePath('Keep the sample as', 'sample.stillroom', projectFiles);
    if (!path) return;
    await openSample(path);
    navigate('/overview');
  } catch (error) {
    useDialogs.setState({ openError: error as Error });
  }
}

export function startNewProject(): void {
  useDialogs.setState({ isNewOpen: true });
}
