import type { Input, Output } from './bridge.ts';
import { call } from './bridge.ts';
import { callDesktop } from './desktop.ts';
import { queryClient, useCall } from './query.ts';
import { useUi } from './ui-store.ts';

type Summary = Output<'project.summary'>;

/** How the open project stands. */
export function useSummary(): Summary | undefined {
  const path = useUi((state) => state.projectPath);
  return useCall('project.summary', {}, { isEnabled: path !== null }).data;
}

/** Takes an opened project into the window, and remembers it for the next start. */
function enter(summary: Summary): Summary {
  queryClient.clear();
  queryClient.setQueryData(['project.summary', {}], summary);
  useUi.setState({ projectPath: summary.path, jobs: [], notice: null });
  setTitle(`${summary.name} – Stillroom`);
  void callDesktop('desktop.remember', { path: summary.path });
  return summary;
}

export const openProject = async (input: Input<'project.open'>) =>
  enter(await call('project.open', input));
export const createProject = async (input: Input<'project.create'>) =>
  enter(await call('project.create', input));
export const openSample = async (path: string) => enter(await call('project.sample', { path }));

export async function closeProject(): Promise<void> {
  await call('project.close', {});
  useUi.setState({ projectPath: null, jobs: [] });
  queryClient.clear();
  setTitle('Stillroom');
}

function setTitle(title: string): void {
  document.title = title;
  void callDesktop('desktop.title', { title });
}
